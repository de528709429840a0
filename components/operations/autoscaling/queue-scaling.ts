import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../../backends/endpoint";
import { NamespaceRole, Namespaces, namespaceRole } from "../../hysds/namespaces";
import { Workload, workers } from "../../hysds/catalog/workload";
import { Labels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { Platform } from "../../platform/platform";
import { ScalingRhythm } from "../../settings/settings";
import {
    BROKER_AUTHENTICATION,
    ScaledObjectSpec,
    ScaledQueue,
    scaledObjectSpec,
} from "./scaled-object";

const API_VERSION = "keda.sh/v1alpha1";

const LABELS: Labels = {
    "app.kubernetes.io/part-of": "hysds",
    "app.kubernetes.io/managed-by": "pulumi",
};

/** A queue of the catalogue that is scaled, and where its Deployment is. */
type PlacedQueue = ScaledQueue & { readonly role: NamespaceRole };

export interface QueueScalingArgs {
    readonly rhythm: ScalingRhythm;
    readonly platform: Platform;
    /** The broker's management API. */
    readonly management: Endpoint;
    readonly namespaces: Namespaces;
    readonly workloads: readonly Workload[];
    /** KEDA, and the Deployments that are scaled. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * A ScaledObject for every queue of the catalogue that is scaled, by the name of its Deployment; and in each namespace
 * that has some a TriggerAuthentication with a Secret of the broker's address and credentials.
 *
 * None of KEDA's objects is deleted with its namespace: they have finalizers that only a running KEDA removes, so they
 * go first, then KEDA.
 */
export class QueueScaling extends pulumi.ComponentResource {
    constructor(name: string, args: QueueScalingArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:QueueScaling", name, {}, opts);
        const queues = scaledQueues(args.workloads);
        for (const role of ["services", "jobs"] as const) {
            const placed = queues.filter((queue) => queue.role === role);
            if (placed.length > 0) {
                this.createIn(role, placed, args);
            }
        }
        this.registerOutputs({});
    }

    private createIn(
        role: NamespaceRole,
        queues: readonly PlacedQueue[],
        args: QueueScalingArgs,
    ): void {
        const namespace = args.namespaces[role].name;
        const options = {
            parent: this,
            provider: args.platform.provider,
            dependsOn: [...args.dependsOn],
        };
        const authentication = new k8s.apiextensions.CustomResource(
            `${BROKER_AUTHENTICATION}-${role}`,
            {
                apiVersion: API_VERSION,
                kind: "TriggerAuthentication",
                metadata: { name: BROKER_AUTHENTICATION, namespace, labels: LABELS },
                spec: { secretTargetRef: this.createSecret(role, args) },
            },
            options,
        );
        for (const queue of queues) {
            const spec: ScaledObjectSpec = scaledObjectSpec(queue, args.rhythm);
            new k8s.apiextensions.CustomResource(
                `${queue.name}-scaling`,
                {
                    apiVersion: API_VERSION,
                    kind: "ScaledObject",
                    metadata: { name: queue.name, namespace, labels: LABELS },
                    spec,
                },
                { ...options, dependsOn: [...options.dependsOn, authentication] },
            );
        }
    }

    /** Credentials apart from the address, so that no character of a password has to survive a URL. */
    private createSecret(
        role: NamespaceRole,
        { platform, namespaces, management }: QueueScalingArgs,
    ): { parameter: string; name: pulumi.Output<string>; key: string }[] {
        const { credentials } = management;
        const stringData = {
            host: management.origin(),
            ...(credentials?.username
                ? { username: credentials.username, password: credentials.password }
                : {}),
        };
        const secret = new k8s.core.v1.Secret(
            `${BROKER_AUTHENTICATION}-${role}`,
            {
                metadata: {
                    name: BROKER_AUTHENTICATION,
                    namespace: namespaces[role].name,
                    labels: LABELS,
                },
                stringData,
            },
            inNamespace(this, platform, namespaces[role]),
        );
        const name = secret.metadata.name;
        return Object.keys(stringData).map((key) => ({ parameter: key, name, key }));
    }
}

/** The queues of the catalogue whose workers KEDA scales. */
function scaledQueues(workloads: readonly Workload[]): PlacedQueue[] {
    return workers(workloads).flatMap((worker) => {
        const { name, queue, scaling } = worker;
        return scaling ? [{ name, queue, scaling, role: namespaceRole(worker) }] : [];
    });
}
