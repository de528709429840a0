import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Peer } from "../../kubernetes/network-policy";
import { ContainerArgs, hostOf, PodArgs, service, statefulSet } from "../../kubernetes/workload";
import { HysdsNamespace, Platform } from "../../platform/platform";

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
        const { store, platform, namespace } = args;
        const child = { parent: this };
        const workload = { name: store, component: "stores", platform, namespace } as const;
        const serviceName = `${store}-headless`;
        const ports = args.ports.map(({ name: port, port: own, servicePort }) => ({
            name: port,
            port: servicePort ?? own,
        }));
        const common = { ...workload, type: "ClusterIP", ports } as const;
        service(`${name}-headless`, { ...common, serviceName, headless: true }, child);
        const open = service(`${name}-service`, common, child);
        this.statefulSet = statefulSet(
            `${name}-pods`,
            {
                ...workload,
                serviceName,
                dataGiB: args.data.sizeGiB,
                protect: args.protect,
                pod: pod(args),
                admits: args.ports.map(({ name: port, port: own, from }) => ({
                    name: `${store}-${port}`,
                    ports: [own],
                    from,
                })),
            },
            child,
        );
        this.host = hostOf(open, namespace);
        this.registerOutputs({ host: this.host });
    }
}

function pod(args: StatefulStoreArgs): PodArgs {
    return {
        uid: args.uid,
        placement: args.platform.servicePlacement,
        graceSeconds: args.gracePeriodSeconds,
        initContainers: args.prepare ? [prepareContainer(args, args.prepare)] : [],
        containers: [storeContainer(args)],
        volumes: args.volumes,
    };
}

function storeContainer(args: StatefulStoreArgs): ContainerArgs {
    const { volumeMounts, ...container } = args.container;
    return {
        name: args.store,
        ...container,
        ports: args.ports.map(({ name, port }) => ({ name, containerPort: port })),
        volumeMounts: [{ name: "data", mountPath: args.data.mountPath }, ...volumeMounts],
    };
}

function prepareContainer(
    args: StatefulStoreArgs,
    prepare: NonNullable<StatefulStoreArgs["prepare"]>,
): ContainerArgs {
    return {
        name: "prepare",
        image: args.container.image,
        command: prepare.command,
        resources: args.container.resources,
        volumeMounts: prepare.volumeMounts,
    };
}
