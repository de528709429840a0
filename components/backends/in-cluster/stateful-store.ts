import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Labels, selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { allowIngress, Peer } from "../../kubernetes/network-policy";
import { inNamespace } from "../../kubernetes/options";
import { restrictedContainer, restrictedPod } from "../../kubernetes/security";
import { HysdsNamespace, Platform } from "../../platform/platform";

type Container = k8s.types.input.core.v1.Container;
type VolumeMount = k8s.types.input.core.v1.VolumeMount;
type Volume = k8s.types.input.core.v1.Volume;

/** One port of a store, and who may connect to it. */
export interface StorePort {
    readonly name: string;
    /** Of the container. */
    readonly port: number;
    /** Of the Services; the container's when absent. */
    readonly servicePort?: number;
    readonly from: readonly Peer[];
}

/** The store's process, without what every store has alike. */
export interface StoreContainer {
    readonly image: pulumi.Input<string>;
    readonly command?: string[];
    readonly env?: k8s.types.input.core.v1.EnvVar[];
    readonly resources: k8s.types.input.core.v1.ResourceRequirements;
    readonly startupProbe: k8s.types.input.core.v1.Probe;
    readonly readinessProbe: k8s.types.input.core.v1.Probe;
    readonly livenessProbe: k8s.types.input.core.v1.Probe;
    /** Beside the data volume. */
    readonly volumeMounts: VolumeMount[];
}

export interface StatefulStoreArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    /** Name of the StatefulSet and of its Service. */
    readonly store: string;
    readonly ports: readonly StorePort[];
    /** User id of the image's process. */
    readonly uid: number;
    readonly container: StoreContainer;
    /** Prepares volumes before the store starts, with the store's own image. */
    readonly prepare?: { readonly command: string[]; readonly volumeMounts: VolumeMount[] };
    readonly volumes: Volume[];
    readonly data: { readonly mountPath: string; readonly sizeGiB: number };
    /** How long a clean shutdown may take, seconds. */
    readonly gracePeriodSeconds: number;
    /** Protects the StatefulSet from deletion, and keeps it when it leaves the program. */
    readonly protect: boolean;
}

/**
 * One store of one replica: a StatefulSet with a volume, a headless Service that governs it, a ClusterIP Service that
 * clients use, and one NetworkPolicy for each port.
 *
 * Written as plain Kubernetes resources rather than as Helm charts, so that a deploy needs no chart repository, and
 * preview shows every object that will exist.
 *
 * The claim outlives the StatefulSet, so a replaced StatefulSet finds its data again; the claim goes with the
 * namespace. A changed volume size replaces the StatefulSet but leaves the claim as it is: resize the claim itself
 * (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims).
 */
export class StatefulStore extends pulumi.ComponentResource {
    /** `<store>.<namespace>.svc`. */
    public readonly host: pulumi.Output<string>;
    public readonly statefulSet: k8s.apps.v1.StatefulSet;

    constructor(name: string, args: StatefulStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:StatefulStore", name, {}, opts);
        const pods = selectorLabels(args.store, "stores");
        const childOptions = inNamespace(this, args.platform, args.namespace);
        this.createService(`${name}-headless`, `${args.store}-headless`, args, true);
        const service = this.createService(`${name}-service`, args.store, args, false);
        for (const { name: portName, port, from } of args.ports) {
            const policy = { namespace: args.namespace, pods, ports: [port], from };
            allowIngress(`${args.store}-${portName}`, policy, childOptions);
        }
        this.statefulSet = new k8s.apps.v1.StatefulSet(`${name}-pods`, statefulSet(args, pods), {
            ...childOptions,
            protect: args.protect,
            retainOnDelete: args.protect,
        });
        this.host = pulumi.interpolate`${service.metadata.name}.${args.namespace.name}.svc`;
        this.registerOutputs({ host: this.host });
    }

    private createService(
        name: string,
        serviceName: string,
        args: StatefulStoreArgs,
        headless: boolean,
    ): k8s.core.v1.Service {
        const { store, namespace, platform, ports } = args;
        return new k8s.core.v1.Service(
            name,
            {
                metadata: {
                    name: serviceName,
                    namespace: namespace.name,
                    labels: workloadLabels(store, "stores"),
                },
                spec: {
                    type: "ClusterIP",
                    ...(headless ? { clusterIP: "None", publishNotReadyAddresses: true } : {}),
                    selector: selectorLabels(store, "stores"),
                    ports: ports.map(({ name, port, servicePort }) => ({
                        name,
                        port: servicePort ?? port,
                        targetPort: name,
                    })),
                },
            },
            inNamespace(this, platform, namespace),
        );
    }
}

function statefulSet(args: StatefulStoreArgs, pods: Labels): k8s.apps.v1.StatefulSetArgs {
    const labels = workloadLabels(args.store, "stores");
    return {
        metadata: { name: args.store, namespace: args.namespace.name, labels },
        spec: {
            replicas: 1,
            serviceName: `${args.store}-headless`,
            selector: { matchLabels: pods },
            persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
            template: { metadata: { labels }, spec: podSpec(args) },
            volumeClaimTemplates: [
                {
                    metadata: { name: "data", labels: pods },
                    spec: {
                        accessModes: ["ReadWriteOnce"],
                        storageClassName: args.platform.storageClass,
                        resources: { requests: { storage: `${args.data.sizeGiB}Gi` } },
                    },
                },
            ],
        },
    };
}

function podSpec(args: StatefulStoreArgs): k8s.types.input.core.v1.PodSpec {
    return {
        ...args.platform.servicePlacement,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: restrictedPod({ uid: args.uid }),
        terminationGracePeriodSeconds: args.gracePeriodSeconds,
        ...(args.prepare ? { initContainers: [prepareContainer(args, args.prepare)] } : {}),
        containers: [storeContainer(args)],
        volumes: args.volumes,
    };
}

function storeContainer(args: StatefulStoreArgs): Container {
    const { volumeMounts, ...container } = args.container;
    return {
        name: args.store,
        ...container,
        ports: args.ports.map(({ name, port }) => ({ name, containerPort: port })),
        securityContext: restrictedContainer(),
        volumeMounts: [{ name: "data", mountPath: args.data.mountPath }, ...volumeMounts],
    };
}

function prepareContainer(
    args: StatefulStoreArgs,
    prepare: NonNullable<StatefulStoreArgs["prepare"]>,
): Container {
    return {
        name: "prepare",
        image: args.container.image,
        command: prepare.command,
        resources: args.container.resources,
        securityContext: restrictedContainer(),
        volumeMounts: prepare.volumeMounts,
    };
}
