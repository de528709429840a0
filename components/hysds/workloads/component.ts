import * as pulumi from "@pulumi/pulumi";
import { Part } from "../../kubernetes/labels";
import { HysdsContext } from "../context";
import { HysdsLogstash } from "./logstash";
import { HysdsNodeAgent } from "./node-agent";
import { HysdsService } from "./service";
import { HysdsSingleton } from "./singleton";
import { Row, ServiceAddress } from "../catalog/workload-spec";
import { HysdsWorker } from "./worker";

export interface PartArgs {
    readonly context: HysdsContext;
    /** The whole catalogue; a part makes its own rows. */
    readonly rows: readonly Row[];
    /** Whether the store of its dashboards has credentials; default true. */
    readonly storeHasCredentials?: boolean;
}

/** Makes every row of one part of HySDS; the components that extend it differ by name and by what they expose. */
export abstract class HysdsPart extends pulumi.ComponentResource {
    private readonly addresses = new Map<string, ServiceAddress>();

    protected constructor(
        part: Part,
        type: string,
        name: string,
        private readonly args: PartArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`hysds:component:${type}`, name, {}, opts);
        for (const row of args.rows.filter((candidate) => candidate.part === part)) {
            this.create(row);
        }
    }

    /**
     * Where one of its services listens.
     *
     * @throws Error when the catalogue has no service of that name in this part
     */
    protected addressOf(service: string): ServiceAddress {
        const address = this.addresses.get(service);
        if (!address) {
            throw new Error(`The catalogue has no service ${service} in this part of HySDS.`);
        }
        return address;
    }

    private create(row: Row): void {
        const { context, storeHasCredentials } = this.args;
        const parent = { parent: this };
        switch (row.kind) {
            case "service": {
                const service = { context, row, storeHasCredentials };
                this.addresses.set(row.name, new HysdsService(row.name, service, parent).address);
                break;
            }
            case "singleton":
                new HysdsSingleton(row.name, { context, row }, parent);
                break;
            case "logstash":
                new HysdsLogstash(row.name, { context, row }, parent);
                break;
            case "worker":
                new HysdsWorker(row.name, { context, row }, parent);
                break;
            case "node-agent":
                new HysdsNodeAgent(row.name, { context, row }, parent);
                break;
            case "sidecar":
                // In the pods of job workers: ../pod/job-pod.ts.
                break;
        }
    }
}
