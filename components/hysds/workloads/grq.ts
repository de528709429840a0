import * as pulumi from "@pulumi/pulumi";
import { HysdsComponent, ComponentArgs } from "./component";
import { ServiceAddress } from "../catalog/workload-spec";

/** GRQ, the catalogue of datasets: its own REST API, and Pele's. */
export class Grq extends HysdsComponent {
    public readonly grq2: ServiceAddress;
    public readonly pele: ServiceAddress;

    constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("grq", "Grq", name, args, opts);
        this.grq2 = this.addressOf("grq2");
        this.pele = this.addressOf("pele");
        this.registerOutputs({ grq2: this.grq2, pele: this.pele });
    }
}
