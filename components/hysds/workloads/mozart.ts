import * as pulumi from "@pulumi/pulumi";
import { HysdsComponent, ComponentArgs } from "./component";
import { ServiceAddress } from "../catalog/workload-spec";

/** Mozart, which manages jobs: its REST API, orchestrators, event processing, watchdogs, indexer and Flower. */
export class Mozart extends HysdsComponent {
    public readonly mozart: ServiceAddress;
    public readonly flower: ServiceAddress;
    /** HySDS's web interface; absent where the stack has none. */
    public readonly ui?: ServiceAddress;

    constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("mozart", "Mozart", name, args, opts);
        this.mozart = this.addressOf("mozart");
        this.flower = this.addressOf("flower");
        if (args.context.settings.hysds.ui) {
            this.ui = this.addressOf("hysds-ui");
        }
        this.registerOutputs({ mozart: this.mozart, flower: this.flower });
    }
}
