import * as pulumi from "@pulumi/pulumi";
import { HysdsPart, PartArgs } from "./component";

/** Factotum, the handyman: workers of HySDS's own queues, and of its small and large jobs. */
export class Factotum extends HysdsPart {
    constructor(name: string, args: PartArgs, opts?: pulumi.ComponentResourceOptions) {
        super("factotum", "Factotum", name, args, opts);
        this.registerOutputs();
    }
}
