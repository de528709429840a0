import * as pulumi from "@pulumi/pulumi";
import { selectorLabels } from "../../../contract/labels";
import { Peer } from "../../kubernetes/network-policy";
import { httpProbe, startupProbe, tcpProbe } from "../../kubernetes/probes";
import { service } from "../../kubernetes/workload";
import { HysdsContext } from "../context";
import { isPythonImage } from "../images";
import { MainContainer, hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { ServiceSpec } from "../catalog/workload-spec";
import { Mounted, emptyDirectory } from "../pod/volumes";
import { deployment, placed } from "./deployment";

export interface HysdsServiceArgs {
    readonly context: HysdsContext;
    readonly spec: ServiceSpec;
}

const STARTUP_SECONDS = 300;
/** Endpoints forget a pod within seconds of its end; it serves until then. */
const LAME_DUCK_SECONDS = 5;

/**
 * An HTTP service of HySDS: Deployment, Service, NetworkPolicy for its clients, and a PodDisruptionBudget when it has
 * several replicas. It is alive as long as it answers by itself, and ready while its stores answer.
 */
export class HysdsService extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsService", name, {}, opts);
        const { context, spec } = args;
        const { settings, platform } = context;
        const size = settings.hysds.size;
        const template = podTemplate(context, spec, serviceContainer(spec, size), {
            placement: platform.servicePlacement,
            extra: hiddenDirectory(context, spec),
        });
        deployment(this, context, spec, {
            replicas: spec.replicas[size],
            scalesTo: spec.maxReplicas,
            template,
            admits: [{ ports: [spec.port], from: clients(context, spec) }],
        });
        service(
            spec.name,
            { ...placed(context, spec), ports: [{ name: "http", port: spec.port }] },
            { parent: this },
        );
        this.registerOutputs();
    }
}

function serviceContainer(spec: ServiceSpec, size: "small" | "standard"): MainContainer {
    const alive = spec.alivePath ? httpProbe(spec.alivePath, spec.port) : tcpProbe(spec.port);
    return {
        command: isPythonImage(spec.image) ? hysdsProcess(spec, spec.command) : spec.command,
        resources: spec.resources[size],
        environment: spec.webWorkers ? { WEB_CONCURRENCY: `${spec.webWorkers[size]}` } : {},
        port: spec.port,
        startup: startupProbe(alive, STARTUP_SECONDS),
        liveness: { ...alive, periodSeconds: 20, failureThreshold: 6 },
        readiness:
            "path" in spec.ready
                ? httpProbe(spec.ready.path, spec.port, { timeoutSeconds: 10 })
                : storesReady(spec.ready.stores),
        lameDuckSeconds: LAME_DUCK_SECONDS,
    };
}

function hiddenDirectory(context: HysdsContext, spec: ServiceSpec): Mounted | undefined {
    return spec.hideWithoutCredentials && !context.dashboardsHaveCredentials
        ? emptyDirectory(spec.hideWithoutCredentials)
        : undefined;
}

function clients({ namespaces }: HysdsContext, spec: ServiceSpec): Peer[] {
    const gateway = {
        namespace: namespaces.services.name,
        pods: selectorLabels("gateway", "gateway"),
    };
    return spec.clients === "gateway"
        ? [gateway]
        : [{ namespace: namespaces.services.name }, { namespace: namespaces.jobs.name }];
}
