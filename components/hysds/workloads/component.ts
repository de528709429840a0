import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../kubernetes/labels";
import { HysdsContext } from "../context";
import { HysdsLogstash } from "./logstash";
import { HysdsNodeAgent } from "./node-agent";
import { HysdsService } from "./service";
import { HysdsSingleton } from "./singleton";
import { WorkloadSpec, ServiceAddress } from "../catalog/workload-spec";
import { HysdsWorker } from "./worker";

export interface ComponentArgs {
    readonly context: HysdsContext;
    /** The whole catalogue; a component makes its own workloads. */
    readonly workloads: readonly WorkloadSpec[];
    /** Whether the store of its dashboards has credentials; default true. */
    readonly storeHasCredentials?: boolean;
}

/** Makes every workload of one component of HySDS; the components that extend it differ by name and by what they expose. */
export abstract class HysdsComponent extends pulumi.ComponentResource {
    private readonly addresses = new Map<string, ServiceAddress>();

    protected constructor(
        component: Component,
        type: string,
        name: string,
        private readonly args: ComponentArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`hysds:component:${type}`, name, {}, opts);
        for (const spec of args.workloads.filter(
            (candidate) => candidate.component === component,
        )) {
            this.create(spec);
        }
    }

    /**
     * Where one of its services listens.
     *
     * @throws Error when the catalogue has no service of that name in this component
     */
    protected addressOf(service: string): ServiceAddress {
        const address = this.addresses.get(service);
        if (!address) {
            throw new Error(`The catalogue has no service ${service} in this component of HySDS.`);
        }
        return address;
    }

    private create(spec: WorkloadSpec): void {
        const { context, storeHasCredentials } = this.args;
        const parent = { parent: this };
        switch (spec.kind) {
            case "service": {
                const service = { context, spec, storeHasCredentials };
                this.addresses.set(spec.name, new HysdsService(spec.name, service, parent).address);
                break;
            }
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
