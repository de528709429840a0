import * as pulumi from "@pulumi/pulumi";
import { HysdsComponent, ComponentArgs } from "./component";
import { ServiceAddress } from "../catalog/workload-spec";

/** Metrics: indexer and dashboards, and the agents on job nodes that feed them. */
export class Metrics extends HysdsComponent {
    public readonly kibana: ServiceAddress;

    constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("metrics", "Metrics", name, args, opts);
        this.kibana = this.addressOf("kibana");
        this.registerOutputs({ kibana: this.kibana });
    }
}
