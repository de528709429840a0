import { kubernetesVersions } from "../components/settings/limits/kubernetes";
import { natGatewayCount, networkLoadBalancerCount } from "../components/settings/counts";
import { poolNodeGroups } from "../components/settings/pool-nodes";
import {
    AwsPlatformSettings,
    IngressSettings,
    NetworkSettings,
    WorkerPoolSettings,
} from "../components/settings/settings";
import { CostItem, exactly } from "./cost-item";
import { nodeGroupCost } from "./node-cost";
import { PriceBook } from "./price-book";

/**
 * Lines of the EKS cluster, its nodes and its network.
 *
 * @param workers pools, of which some may have nodes of their own
 */
export function platformCost(
    platform: AwsPlatformSettings,
    workers: readonly WorkerPoolSettings[],
    book: PriceBook,
): readonly CostItem[] {
    return [
        controlPlane(platform.cluster, book),
        book.units(
            { group: "Cluster", name: "KMS key of Kubernetes Secrets" },
            "kmsKey",
            exactly(1),
        ),
        ...nodeGroupCost("Service nodes", platform.serviceNodes, book),
        ...nodeGroupCost("Job nodes", platform.jobNodes, book),
        ...Object.entries(poolNodeGroups(workers, platform.jobNodes)).flatMap(([pool, group]) =>
            nodeGroupCost(`Nodes of pool ${pool}`, group, book),
        ),
        ...networkCost(platform.network, book),
    ];
}

/** Lines of the load balancers that people come in by. */
export function ingressCost(ingress: IngressSettings, book: PriceBook): readonly CostItem[] {
    const count = networkLoadBalancerCount(ingress);
    const line = {
        group: "Network",
        name: "Network load balancers",
        note: "capacity units (LCU) come on top",
    } as const;
    return count === 0 ? [] : [book.units(line, "networkLoadBalancer", exactly(count))];
}

function controlPlane(
    { version, eksSupportType }: AwsPlatformSettings["cluster"],
    book: PriceBook,
): CostItem {
    const until = kubernetesVersions[version]?.standardUntil;
    const extended = `$${book.unit("controlPlaneExtended")} an hour`;
    const line = {
        group: "Cluster",
        name: "EKS control plane",
        ...(until && eksSupportType === "EXTENDED"
            ? { note: `Kubernetes ${version} costs ${extended} from ${until} on` }
            : {}),
    } as const;
    return book.units(line, "controlPlane", exactly(1));
}

function networkCost(network: NetworkSettings, book: PriceBook): readonly CostItem[] {
    if (network.kind === "existing") {
        return [];
    }
    const zones = network.availabilityZones;
    const gateways = exactly(natGatewayCount(network));
    const services = network.interfaceEndpoints.length;
    const endpoints: readonly CostItem[] = [
        book.units(
            { group: "Network", name: "Interface endpoints" },
            "interfaceEndpoint",
            exactly(services * zones),
            `${services} in ${zones} zones`,
        ),
        book.usage({ group: "Network", name: "Interface endpoint data" }, "interfaceEndpointData"),
    ];
    return [
        book.units({ group: "Network", name: "NAT gateways" }, "natGateway", gateways),
        book.units(
            { group: "Network", name: "Public addresses of NAT gateways" },
            "publicAddress",
            gateways,
        ),
        book.usage({ group: "Network", name: "NAT gateway data" }, "natGatewayData"),
        ...(services > 0 ? endpoints : []),
    ];
}
