import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLUSTER_DOMAIN } from "../../kubernetes/cluster-dns";
import { IMAGES, ImageSources } from "../../kubernetes/images";
import { Labels } from "../../../contract/labels";
import { allowIngress, Peer } from "../../kubernetes/network-policy";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { KedaSettings } from "../../settings/settings";

export interface KedaArgs {
    readonly platform: Platform;
    readonly keda: KedaSettings;
    readonly images: ImageSources;
}

/** Labels and ports of KEDA's pods: https://github.com/kedacore/charts/tree/main/keda/templates */
const OPERATOR: Labels = { app: "keda-operator" };
const METRICS_SERVER: Labels = { app: "keda-operator-metrics-apiserver" };
const OPERATOR_GRPC_PORT = 9666;
const METRICS_API_PORT = 6443;

/**
 * KEDA by its own chart, in a namespace of its own: the operator, which brings Deployments to zero and back, and the
 * server from which HorizontalPodAutoscalers take queue depths. Its admission webhook is left out: nobody writes
 * ScaledObjects by hand here, and a webhook is one more thing that can stop an update.
 */
export class Keda extends pulumi.ComponentResource {
    /** What ScaledObjects depend on, and outlive nothing of: its operator removes their finalizers. */
    public readonly release: k8s.helm.v3.Release;

    constructor(name: string, args: KedaArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:Keda", name, {}, opts);
        const { platform, keda } = args;
        const namespace = platform.namespace(keda.namespace, "restricted");
        this.admit(platform, namespace);
        this.release = new k8s.helm.v3.Release(
            name,
            {
                name: "keda",
                namespace: namespace.name,
                chart: "keda",
                version: keda.chartVersion,
                repositoryOpts: { repo: keda.chartRepository },
                values: { ...values(platform), ...ownImages(args.images) },
                timeout: 600,
            },
            { parent: this, provider: platform.provider },
        );
        this.registerOutputs({});
    }

    /** The API server asks for metrics from outside of the pod network, where no label tells who it is. */
    private admit(platform: Platform, namespace: HysdsNamespace): void {
        const options = inNamespace(this, platform, namespace);
        const allow = (name: string, pods: Labels, port: number, from: Peer): void => {
            allowIngress(name, { namespace, pods, ports: [port], from: [from] }, options);
        };
        allow("keda-metrics", METRICS_SERVER, METRICS_API_PORT, "any-address");
        allow("keda-operator", OPERATOR, OPERATOR_GRPC_PORT, {
            namespace: namespace.name,
            pods: METRICS_SERVER,
        });
    }
}

function values({ servicePlacement: placement, clusterDomain }: Platform): Record<string, unknown> {
    const pods = {
        nodeSelector: placement.nodeSelector ?? {},
        tolerations: placement.tolerations ?? [],
    };
    return {
        ...pods,
        ...(clusterDomain === DEFAULT_CLUSTER_DOMAIN ? {} : { clusterDomain }),
        operator: pods,
        metricsServer: pods,
        webhooks: { enabled: false },
        resources: {
            operator: sized("100m", "128Mi", "512Mi"),
            metricServer: sized("50m", "64Mi", "256Mi"),
        },
    };
}

/**
 * The chart's values of those of its images that the stack names itself; the chart knows the ones of its version. A
 * digest goes where the tag is: the chart puts a colon between repository and tag, and a slash before the repository.
 * https://github.com/kedacore/charts/blob/main/keda/values.yaml
 */
function ownImages(images: ImageSources): Record<string, unknown> {
    const value = (name: string): pulumi.Output<Record<string, string | undefined>> =>
        pulumi.output(IMAGES.reference(name, images)).apply((reference) => {
            return { ...REFERENCE.exec(reference)?.groups };
        });
    const named = Object.entries(CHART_IMAGES).filter(([name]) => name in images.overrides);
    return named.length === 0
        ? {}
        : { image: Object.fromEntries(named.map(([name, key]) => [key, value(name)])) };
}

/** Registry, repository, and what comes behind the last colon. */
const REFERENCE = /^(?<registry>[^/]+)\/(?<repository>.+):(?<tag>[^:]+)$/;

/** Keys of the chart's value `image`. */
const CHART_IMAGES: Readonly<Record<string, string>> = {
    "keda-operator": "keda",
    "keda-metrics-server": "metricsApiServer",
};

function sized(cpu: string, memory: string, memoryLimit: string): Record<string, unknown> {
    return { requests: { cpu, memory }, limits: { cpu: "1", memory: memoryLimit } };
}
