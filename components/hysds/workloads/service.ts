import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { Peer, allowIngress } from "../../kubernetes/network-policy";
import { httpProbe, startupProbe, tcpProbe } from "../../kubernetes/probes";
import { HysdsContext } from "../context";
import { isPythonImage } from "../images";
import { MainContainer, hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { ServiceAddress, ServiceRow } from "../catalog/workload-spec";
import { Mounted, emptyDirectory } from "../pod/volumes";
import { deployment, rowOptions } from "./deployment";

export interface HysdsServiceArgs {
    readonly context: HysdsContext;
    readonly row: ServiceRow;
    /** Whether its store has credentials; default true. See `ServiceRow.hideWithoutCredentials`. */
    readonly storeHasCredentials?: boolean;
}

const STARTUP_SECONDS = 300;
/** Endpoints forget a pod within seconds of its end; it serves until then. */
const LAME_DUCK_SECONDS = 5;

/**
 * An HTTP service of HySDS: Deployment, Service, NetworkPolicy for its clients, and a PodDisruptionBudget when it has
 * several replicas. It is alive as long as it answers by itself, and ready while its stores answer.
 */
export class HysdsService extends pulumi.ComponentResource {
    public readonly address: ServiceAddress;

    constructor(name: string, args: HysdsServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsService", name, {}, opts);
        const { context, row } = args;
        const { settings, platform, namespaces } = context;
        const size = settings.hysds.size;
        const template = podTemplate(context, row, serviceContainer(row, size), {
            placement: platform.servicePlacement,
            extra: hiddenDirectory(row, args.storeHasCredentials ?? true),
        });
        deployment(this, context, row, { replicas: row.replicas[size], template });
        service(this, context, row);
        allowIngress(
            row.name,
            {
                namespace: namespaces.services,
                pods: selectorLabels(row.name, row.part),
                ports: [row.port],
                from: clients(context, row),
            },
            rowOptions(this, context, row),
        );
        this.address = { name: row.name, namespace: settings.hysds.namespace, port: row.port };
        this.registerOutputs({ address: this.address });
    }
}

function serviceContainer(row: ServiceRow, size: "small" | "standard"): MainContainer {
    const alive = row.alivePath ? httpProbe(row.alivePath, row.port) : tcpProbe(row.port);
    return {
        command: isPythonImage(row.image) ? hysdsProcess(row, row.command) : row.command,
        resources: row.resources[size],
        environment: row.webWorkers ? { WEB_CONCURRENCY: `${row.webWorkers[size]}` } : {},
        port: row.port,
        startup: startupProbe(alive, STARTUP_SECONDS),
        liveness: { ...alive, periodSeconds: 20, failureThreshold: 6 },
        readiness:
            "path" in row.ready
                ? httpProbe(row.ready.path, row.port, { timeoutSeconds: 10 })
                : storesReady(row.ready.stores),
        lameDuckSeconds: LAME_DUCK_SECONDS,
    };
}

function hiddenDirectory(row: ServiceRow, storeHasCredentials: boolean): Mounted | undefined {
    return row.hideWithoutCredentials && !storeHasCredentials
        ? emptyDirectory(row.hideWithoutCredentials)
        : undefined;
}

function service(parent: pulumi.Resource, context: HysdsContext, row: ServiceRow): void {
    new k8s.core.v1.Service(
        row.name,
        {
            metadata: {
                name: row.name,
                namespace: context.namespaces.services.name,
                labels: workloadLabels(row.name, row.part),
            },
            spec: {
                selector: selectorLabels(row.name, row.part),
                ports: [{ name: "http", port: row.port, targetPort: "http" }],
            },
        },
        rowOptions(parent, context, row),
    );
}

function clients({ namespaces }: HysdsContext, row: ServiceRow): Peer[] {
    const gateway = {
        namespace: namespaces.services.name,
        pods: selectorLabels("gateway", "gateway"),
    };
    return row.clients === "gateway"
        ? [gateway]
        : [{ namespace: namespaces.services.name }, { namespace: namespaces.jobs.name }];
}
