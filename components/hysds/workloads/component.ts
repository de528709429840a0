import * as pulumi from "@pulumi/pulumi";
import { HysdsComponentName } from "../../../contract/labels";
import { Workload } from "../catalog/workload";
import { HysdsContext } from "../context";
import { HysdsLogstash } from "./logstash";
import { HysdsNodeAgent } from "./node-agent";
import { HysdsService } from "./service";
import { HysdsSingleton } from "./singleton";
import { HysdsWorker } from "./worker";

export interface HysdsComponentArgs {
    readonly context: HysdsContext;
    readonly component: HysdsComponentName;
    /** The whole catalogue; a component makes its own workloads. */
    readonly workloads: readonly Workload[];
}

/** Every workload of one component of HySDS, as its own Pulumi component: `hysds:component:Mozart` and so on. */
export class HysdsComponent extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super(`hysds:component:${capitalised(args.component)}`, name, {}, opts);
        for (const spec of args.workloads.filter((each) => each.component === args.component)) {
            this.create(args.context, spec);
        }
        this.registerOutputs();
    }

    private create(context: HysdsContext, spec: Workload): void {
        const parent = { parent: this };
        switch (spec.kind) {
            case "service":
                new HysdsService(spec.name, { context, spec }, parent);
                break;
            case "singleton":
                new HysdsSingleton(spec.name, { context, spec }, parent);
                break;
            case "logstash":
                new HysdsLogstash(spec.name, { context, spec }, parent);
                break;
            case "worker":
                new HysdsWorker(spec.name, { context, spec }, parent);
                break;
            case "node-agent":
                new HysdsNodeAgent(spec.name, { context, spec }, parent);
                break;
            case "sidecar":
                // In the pods of job workers: ../pod/job-pod.ts.
                break;
        }
    }
}

function capitalised(component: HysdsComponentName): string {
    return `${component.charAt(0).toUpperCase()}${component.slice(1)}`;
}
