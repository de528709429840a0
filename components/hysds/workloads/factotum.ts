import * as pulumi from "@pulumi/pulumi";
import { HysdsComponent, ComponentArgs } from "./component";

/** Factotum, the handyman: workers of HySDS's own queues, and of its small and large jobs. */
export class Factotum extends HysdsComponent {
    constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("factotum", "Factotum", name, args, opts);
        this.registerOutputs();
    }
}
