import { serviceHost } from "../../../components/kubernetes/cluster-dns";
import { CapturedResource, Evaluation } from "../evaluation";
import { Manifest, renderManifests } from "../manifests";
import { reveal } from "../secret";
import { findEntries } from "./entries";
import { findManagedStores } from "./managed-stores";
import { Architecture, Edge, isStorage, Namespace, Target, Workload } from "./model";
import { groupConfigurations } from "./references";
import { ObjectMeta } from "./shapes";
import { findWorkloads, selectedBy } from "./workloads";

/**
 * The architecture of a stack, read from its resources: what runs where, and who reaches whom. That one workload uses
 * another, or a store, is read from the addresses in the configuration it mounts and in its pod template.
 */
export function describeArchitecture(evaluation: Evaluation): Architecture {
    const { resources } = evaluation;
    const manifests = renderManifests(evaluation);
    const workloads = findWorkloads(manifests);
    const managedStores = findManagedStores(resources);
    const services = serviceTargets(manifests, workloads);
    const storage = new Set(workloads.filter(isStorage).map(({ id }) => id));
    const stores = services.filter(({ id }) => storage.has(id));
    const readers = workloads.filter(({ id }) => !storage.has(id));
    return {
        title: title(evaluation, workloads),
        network: network(resources),
        cluster: cluster(resources),
        namespaces: namespaces(manifests),
        workloads,
        managedStores,
        entries: findEntries(manifests, workloads),
        configurations: groupConfigurations(readers, [...stores, ...managedStores]),
        edges: [...gatewayEdges(workloads, services), ...proxyEdges(workloads, managedStores)],
    };
}

/** What a Service's DNS name leads to. */
function serviceTargets(manifests: readonly Manifest[], workloads: readonly Workload[]): Target[] {
    const hosts = new Map<string, string[]>();
    for (const service of manifests.filter(({ kind }) => kind === "Service")) {
        for (const { id } of selectedBy(service, workloads)) {
            const host = serviceHost(service.name, service.namespace ?? "");
            hosts.set(id, [...(hosts.get(id) ?? []), host]);
        }
    }
    return [...hosts].map(([id, names]) => ({ id, hosts: names }));
}

function gatewayEdges(workloads: readonly Workload[], services: readonly Target[]): Edge[] {
    const gateways = workloads.filter(({ kind }) => kind === "entry");
    return gateways.flatMap((gateway) => {
        const texts = [...gateway.files.values(), gateway.template].join("\n");
        return services
            .filter(({ id, hosts }) => id !== gateway.id && hosts.some((h) => texts.includes(h)))
            .map(({ id }) => ({ from: gateway.id, to: id }));
    });
}

function proxyEdges(workloads: readonly Workload[], stores: readonly Target[]): Edge[] {
    const proxies = workloads.filter((each) => isStorage(each) && each.kind !== "store");
    return proxies.flatMap((proxy) =>
        stores
            .filter(({ hosts }) => hosts.some((host) => proxy.template.includes(host)))
            .map(({ id }) => ({ from: proxy.id, to: id })),
    );
}

function title({ stack, resources }: Evaluation, workloads: readonly Workload[]): string {
    const pods = workloads.reduce((sum, workload) => sum + (workload.pods ?? 0), 0);
    const processes = workloads.reduce((sum, workload) => sum + workload.processes, 0);
    return (
        `HySDS, stack ${stack}: ${resources.length} resources, ${workloads.length} workloads, ` +
        `${pods} pods, ${processes} Celery processes`
    );
}

function network(resources: readonly CapturedResource[]): Architecture["network"] {
    const vpc = resources.find(({ type }) => type === "awsx:ec2:Vpc");
    if (!vpc) {
        return resources.some(({ type }) => type === "eks:index:Cluster")
            ? { title: "Existing VPC", details: [] }
            : undefined;
    }
    const { cidrBlock, numberOfAvailabilityZones, natGateways } = reveal(vpc.inputs) as {
        cidrBlock?: string;
        numberOfAvailabilityZones?: number;
        natGateways?: { strategy?: string };
    };
    const nat = natGateways?.strategy === "Single" ? "one NAT gateway" : "a NAT gateway in each";
    const endpoints = resources.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
    return {
        title: `VPC ${cidrBlock ?? ""}`,
        details: [
            `${numberOfAvailabilityZones} availability zones, ${nat}, ${endpoints.length} endpoints of AWS services`,
        ],
    };
}

function cluster(resources: readonly CapturedResource[]): Architecture["cluster"] {
    const eks = resources.find(({ type }) => type === "eks:index:Cluster");
    if (!eks) {
        return { title: "Existing Kubernetes cluster", details: [] };
    }
    const groups = resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
    return {
        title: `EKS ${String(eks.inputs.version)}`,
        details: groups.map((group) => {
            const { instanceTypes, scalingConfig, capacityType, labels } = reveal(group.inputs) as {
                instanceTypes?: string[];
                scalingConfig?: { minSize: number; maxSize: number };
                capacityType?: string;
                labels?: Record<string, string>;
            };
            const pool = Object.values(labels ?? {}).join(", ") || group.name;
            const size = `${scalingConfig?.minSize} to ${scalingConfig?.maxSize}`;
            const capacity = capacityType === "SPOT" ? "spot" : "on demand";
            return `${pool} nodes: ${size} × ${(instanceTypes ?? []).join(" or ")}, ${capacity}`;
        }),
    };
}

function namespaces(manifests: readonly Manifest[]): Namespace[] {
    return manifests
        .filter(({ kind }) => kind === "Namespace")
        .map(({ name, body }) => {
            const labels = (body.metadata as ObjectMeta).labels ?? {};
            return { name, podSecurity: labels["pod-security.kubernetes.io/enforce"] };
        });
}
