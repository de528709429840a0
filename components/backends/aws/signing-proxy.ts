import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { disruptionBudget, spreadOverNodes } from "../../kubernetes/availability";
import { Labels, selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { allowIngress } from "../../kubernetes/network-policy";
import { inNamespace } from "../../kubernetes/options";
import { tcpProbe } from "../../kubernetes/probes";
import { restrictedContainer, restrictedPod } from "../../kubernetes/security";
import { HysdsNamespace, Identity, Platform } from "../../platform/platform";
import { SearchEngine, SigningProxySettings } from "../../settings/settings";
import { SearchEndpoint } from "../backends";
import { signingProxyProcess } from "./signing-proxy-images";

const PORT = 9200;

// Neither image has a user of its own; 65534 is nobody.
const UID = 65534;

export interface SigningProxyArgs {
    readonly settings: SigningProxySettings;
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    /** Host name of the domain, without scheme. */
    readonly domainEndpoint: pulumi.Output<string>;
    readonly domainArn: pulumi.Output<string>;
    readonly region: pulumi.Output<string>;
    readonly engine: SearchEngine;
    /** Such as `7.10` or `2.19`. */
    readonly engineVersion: string;
    /** Namespaces whose pods may search; everybody else is refused. */
    readonly allowedNamespaces: readonly string[];
}

/**
 * Signs requests to a search domain (AWS Signature Version 4) for clients that do not: a Deployment with an IAM role
 * that may read and write this one domain, and a Service on port 9200.
 *
 * It is a door without a lock: whoever reaches it has the role's rights. Its NetworkPolicy is what guards it, and it
 * must never be behind a load balancer.
 *
 * Its probes open a TCP connection. Every HTTP request, `GET /` too, is signed and forwarded: a probe by HTTP would
 * take all proxies out of service whenever the domain is busy, and turn a slow domain into an absent one.
 */
export class SigningProxy extends pulumi.ComponentResource {
    /** `http`, without credentials. */
    public readonly endpoint: SearchEndpoint;
    /** The role that the domain's access policy has to admit. */
    public readonly roleArn: pulumi.Output<string>;
    public readonly ready: pulumi.Resource;

    /**
     * @param name of the Deployment and of its Service
     * @throws Error on a platform without IAM
     */
    constructor(name: string, args: SigningProxyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:SigningProxy", name, {}, opts);
        const { platform, namespace } = args;
        const identity = platform.identityFor(name, {
            namespace,
            grants: [{ grant: "search", clusterId: args.domainArn }],
        });
        if (!identity.principal) {
            throw new Error(`Signing proxy ${name} needs a platform that has IAM roles.`);
        }
        this.roleArn = identity.principal;
        const pods = selectorLabels(name, "stores");
        const childOptions = inNamespace(this, platform, namespace);
        this.ready = new k8s.apps.v1.Deployment(name, deployment(name, args, identity), {
            ...childOptions,
            dependsOn: [identity.resource],
        });
        const service = new k8s.core.v1.Service(name, serviceArgs(name, namespace), childOptions);
        allowIngress(
            name,
            {
                namespace,
                pods,
                ports: [PORT],
                from: args.allowedNamespaces.map((allowed) => ({ namespace: allowed })),
            },
            childOptions,
        );
        if (args.settings.replicas > 1) {
            disruptionBudget(name, { namespace, pods, maxUnavailable: 1 }, childOptions);
        }
        this.endpoint = new SearchEndpoint({
            scheme: "http",
            host: pulumi.interpolate`${service.metadata.name}.${namespace.name}.svc`,
            port: PORT,
            engine: args.engine,
            engineVersion: args.engineVersion,
        });
        this.registerOutputs({ host: this.endpoint.host, roleArn: this.roleArn });
    }
}

function serviceArgs(name: string, namespace: HysdsNamespace): k8s.core.v1.ServiceArgs {
    return {
        metadata: { name, namespace: namespace.name, labels: workloadLabels(name, "stores") },
        spec: {
            type: "ClusterIP",
            selector: selectorLabels(name, "stores"),
            ports: [{ name: "http", port: PORT, targetPort: "http" }],
        },
    };
}

function deployment(
    name: string,
    args: SigningProxyArgs,
    identity: Identity,
): k8s.apps.v1.DeploymentArgs {
    const labels = workloadLabels(name, "stores");
    const pods = selectorLabels(name, "stores");
    return {
        metadata: { name, namespace: args.namespace.name, labels },
        spec: {
            replicas: args.settings.replicas,
            selector: { matchLabels: pods },
            strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
            template: { metadata: { labels }, spec: podSpec(args, pods, identity) },
        },
    };
}

function podSpec(
    args: SigningProxyArgs,
    pods: Labels,
    identity: Identity,
): k8s.types.input.core.v1.PodSpec {
    const domain = { host: args.domainEndpoint, region: args.region };
    return {
        ...args.platform.servicePlacement,
        serviceAccountName: identity.serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: restrictedPod({ uid: UID }),
        topologySpreadConstraints: spreadOverNodes(pods),
        terminationGracePeriodSeconds: 45,
        containers: [
            {
                name: "proxy",
                ...signingProxyProcess(args.settings, domain, PORT),
                ports: [{ name: "http", containerPort: PORT }],
                resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    // Both programs hold whole request and response bodies in memory, bulk writes included.
                    limits: { cpu: "1", memory: "512Mi" },
                },
                // Both programs end at once on SIGTERM, with requests under way: first let clients forget this pod.
                lifecycle: { preStop: { sleep: { seconds: 30 } } },
                readinessProbe: tcpProbe(PORT, { periodSeconds: 5 }),
                livenessProbe: tcpProbe(PORT),
                securityContext: restrictedContainer(),
            },
        ],
    };
}
