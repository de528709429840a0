import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ExistingPlatformSettings, Settings, WorkerPoolSettings } from "../../settings/settings";
import { serviceAccount } from "../service-account";
import { Namespaces } from "../namespace";
import {
    HysdsNamespace,
    Identity,
    IdentityArgs,
    Placement,
    Platform,
    PodSecurityLevel,
} from "../platform";

/**
 * A cluster that is already there: minikube, Docker Desktop, kind, or another team's. Nothing is created beside
 * namespaces and ServiceAccounts, and pods go where the scheduler puts them.
 */
export class ExistingPlatform extends pulumi.ComponentResource implements Platform {
    public readonly provider: k8s.Provider;
    /** As configured; a secret empty string when the ambient kubeconfig is used. */
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly clusterDomain: string;
    public readonly region = pulumi.output("local");
    public readonly identityVariables = [];
    public readonly storageClass?: pulumi.Output<string>;
    public readonly servicePlacement: Placement = {};
    public readonly jobPlacement: Placement = {};
    public readonly jobAgentPlacement: Placement = {};
    private readonly namespaces: Namespaces;

    /** @param name start of the names of all resources */
    constructor(
        name: string,
        args: { readonly settings: Settings; readonly platform: ExistingPlatformSettings },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:ExistingPlatform", name, {}, opts);
        const { kubeconfig, context, storageClass, clusterDomain } = args.platform;
        this.clusterDomain = clusterDomain;
        this.kubeconfig = pulumi.secret(kubeconfig ?? "");
        this.provider = new k8s.Provider(
            name,
            {
                ...(kubeconfig ? { kubeconfig: this.kubeconfig } : {}),
                ...(context ? { context } : {}),
                enableServerSideApply: true,
            },
            { parent: this },
        );
        if (storageClass) {
            this.storageClass = pulumi.output(storageClass);
        }
        this.namespaces = new Namespaces(
            { parent: this, provider: this.provider },
            args.settings.protect,
        );
        this.registerOutputs({});
    }

    /** There is no cloud that has buckets. */
    bucketName(): undefined {
        return undefined;
    }

    /** No annotations: how a foreign cluster exposes a load balancer is its owner's choice. */
    loadBalancerAnnotations(): Record<string, string> {
        return {};
    }

    poolPlacement({ nodeSelector }: WorkerPoolSettings): Placement {
        return nodeSelector ? { nodeSelector } : this.jobPlacement;
    }

    namespace(name: string, level: PodSecurityLevel): HysdsNamespace {
        return this.namespaces.get(name, level);
    }

    /** How its API is reached is its owner's choice, and nothing waits for the end. */
    complete(): void {}

    /** A plain ServiceAccount: there is no cloud behind it, and grants are ignored. */
    identityFor(workload: string, args: IdentityArgs): Identity {
        const { namespace } = args;
        const account = serviceAccount(
            workload,
            { workload, namespace },
            { parent: this, provider: this.provider },
        );
        return { serviceAccountName: account.metadata.name, resource: account };
    }
}
