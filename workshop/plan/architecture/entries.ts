import { Manifest } from "../manifests";
import { reveal } from "../secret";
import { Entry, Workload } from "./model";
import { IngressSpec, ObjectMeta, ServiceSpec } from "./shapes";
import { selectedBy } from "./workloads";

/** How people come into the cluster: Services of type LoadBalancer, and Ingresses. */
export function findEntries(
    manifests: readonly Manifest[],
    workloads: readonly Workload[],
): Entry[] {
    const services = manifests.filter(({ kind }) => kind === "Service");
    const balancers = services.filter(
        ({ body }) => (reveal(body.spec) as ServiceSpec).type === "LoadBalancer",
    );
    const ingresses = manifests.filter(({ kind }) => kind === "Ingress");
    return [
        ...balancers.map((service) => loadBalancer(service, workloads)),
        ...ingresses.map((ingress) => ingressEntry(ingress, services, workloads)),
    ];
}

function loadBalancer(service: Manifest, workloads: readonly Workload[]): Entry {
    const spec = reveal(service.body.spec) as ServiceSpec;
    const { annotations = {} } = service.body.metadata as ObjectMeta;
    const ports = (spec.ports ?? []).map(({ port }) => port).join(", ");
    const sources = spec.loadBalancerSourceRanges ?? [];
    return {
        id: service.resource.urn,
        title: loadBalancerTitle(annotations),
        details: [
            `Service ${service.name}, port ${ports}`,
            ...(sources.length > 0 ? [`open to ${sources.join(", ")}`] : []),
        ],
        targets: selectedBy(service, workloads).map(({ id }) => id),
    };
}

function loadBalancerTitle(annotations: Readonly<Record<string, string>>): string {
    const prefix = "service.beta.kubernetes.io/aws-load-balancer";
    if (annotations[`${prefix}-type`] === undefined) {
        return "Load balancer";
    }
    const internal = annotations[`${prefix}-internal`] === "true";
    return `Network load balancer, ${internal ? "internal" : "internet-facing"}`;
}

function ingressEntry(
    ingress: Manifest,
    services: readonly Manifest[],
    workloads: readonly Workload[],
): Entry {
    const spec = reveal(ingress.body.spec) as IngressSpec;
    const rules = spec.rules ?? [];
    const backends = new Set(
        rules.flatMap(({ http }) =>
            (http?.paths ?? []).map(({ backend }) => backend.service?.name),
        ),
    );
    const behind = services.filter(
        ({ name, namespace }) => namespace === ingress.namespace && backends.has(name),
    );
    const hosts = [...new Set(rules.map(({ host }) => host ?? "any host"))].join(", ");
    return {
        id: ingress.resource.urn,
        title: `Ingress${spec.ingressClassName ? `, ${spec.ingressClassName}` : ""}`,
        details: [`${spec.tls ? "https" : "http"}://${hosts}`],
        targets: behind.flatMap((service) => selectedBy(service, workloads).map(({ id }) => id)),
    };
}
