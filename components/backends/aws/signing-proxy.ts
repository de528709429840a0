import * as pulumi from "@pulumi/pulumi";
import { ImageSources } from "../../kubernetes/images";
import { lameDuck } from "../../kubernetes/lame-duck";
import { tcpProbe } from "../../kubernetes/probes";
import { deployment, hostOf, ONE_MORE, PodArgs, service } from "../../kubernetes/workload";
import { HysdsNamespace, Identity, Platform } from "../../platform/platform";
import { SearchEngine, SigningProxySettings } from "../../settings/settings";
import { SearchEndpoint } from "../backends";
import { signingProxyProcess } from "./signing-proxy-images";

const PORT = 9200;

// Neither image has a user of its own; 65534 is nobody.
const UID = 65534;

export interface SigningProxyArgs {
    readonly settings: SigningProxySettings;
    readonly images: ImageSources;
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
 * It authenticates nobody: whoever reaches it has the role's rights. Its NetworkPolicy is what guards it, and it
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
        const workload = { name, component: "stores", platform, namespace } as const;
        const from = args.allowedNamespaces.map((allowed) => ({ namespace: allowed }));
        this.ready = deployment(
            name,
            {
                ...workload,
                replicas: args.settings.replicas,
                strategy: ONE_MORE,
                pod: pod(args, identity),
                admits: [{ ports: [PORT], from }],
            },
            { parent: this, dependsOn: [identity.resource] },
        );
        const open = service(
            name,
            { ...workload, type: "ClusterIP", ports: [{ name: "http", port: PORT }] },
            { parent: this },
        );
        this.endpoint = new SearchEndpoint({
            scheme: "http",
            host: hostOf(open, namespace),
            port: PORT,
            engine: args.engine,
            engineVersion: args.engineVersion,
        });
        this.registerOutputs({ host: this.endpoint.host, roleArn: this.roleArn });
    }
}

function pod(args: SigningProxyArgs, identity: Identity): PodArgs {
    const domain = { host: args.domainEndpoint, region: args.region };
    return {
        uid: UID,
        placement: args.platform.servicePlacement,
        serviceAccountName: identity.serviceAccountName,
        spread: true,
        graceSeconds: 45,
        containers: [
            {
                name: "proxy",
                ...signingProxyProcess(args.settings, args.images, domain, PORT),
                ports: [{ name: "http", containerPort: PORT }],
                resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    // Both programs hold whole request and response bodies in memory, bulk writes included.
                    limits: { cpu: "1", memory: "512Mi" },
                },
                // Both programs end at once on SIGTERM, with requests under way: first let clients forget this pod.
                lifecycle: lameDuck(30),
                readinessProbe: tcpProbe(PORT, { periodSeconds: 5 }),
                livenessProbe: tcpProbe(PORT),
            },
        ],
    };
}
