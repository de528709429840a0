import * as pulumi from "@pulumi/pulumi";
import { HysdsPart, PartArgs } from "./part";
import { ServiceAddress } from "./types";

/** Mozart, which manages jobs: its REST API, orchestrators, event processing, watchdogs, indexer and Flower. */
export class Mozart extends HysdsPart {
    public readonly mozart: ServiceAddress;
    public readonly flower: ServiceAddress;

    constructor(name: string, args: PartArgs, opts?: pulumi.ComponentResourceOptions) {
        super("mozart", "Mozart", name, args, opts);
        this.mozart = this.addressOf("mozart");
        this.flower = this.addressOf("flower");
        this.registerOutputs({ mozart: this.mozart, flower: this.flower });
    }
}
