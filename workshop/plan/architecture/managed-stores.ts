import { CapturedResource } from "../evaluation";
import { reveal } from "../secret";
import { SIMULATED_DOMAIN } from "../simulated-outputs";
import { ManagedStore } from "./model";

type Inputs = Readonly<Record<string, unknown>>;

/** How each type of store that AWS runs describes itself. */
const DESCRIPTIONS: Readonly<Record<string, (inputs: Inputs) => string[]>> = {
    "aws:mq/broker:Broker": describeBroker,
    "aws:elasticache/replicationGroup:ReplicationGroup": describeReplicationGroup,
    "aws:opensearch/domain:Domain": describeDomain,
    "aws:elasticsearch/domain:Domain": describeDomain,
};

/** The stores that AWS runs for the stack: brokers, caches and search domains. */
export function findManagedStores(resources: readonly CapturedResource[]): ManagedStore[] {
    return resources.flatMap((resource) => {
        const describe = DESCRIPTIONS[resource.type];
        if (!describe) {
            return [];
        }
        const details = describe(reveal(resource.inputs) as Inputs);
        const hosts = simulatedHosts(resource.outputs);
        return [{ id: resource.urn, name: resource.name, hosts, details }];
    });
}

function describeBroker(inputs: Inputs): string[] {
    const zones = inputs.deploymentMode === "CLUSTER_MULTI_AZ" ? "cluster over 3 zones" : "1 node";
    return [
        `${text(inputs.engineType)} ${text(inputs.engineVersion)}, Amazon MQ`,
        `${text(inputs.hostInstanceType)}, ${zones}`,
    ];
}

function describeReplicationGroup(inputs: Inputs): string[] {
    const engine = inputs.engine === "valkey" ? "Valkey" : "Redis";
    const zones = inputs.multiAzEnabled ? ", in several zones" : "";
    return [
        `${engine} ${text(inputs.engineVersion)}, ElastiCache`,
        `${text(inputs.numCacheClusters)} × ${text(inputs.nodeType)}${zones}`,
    ];
}

interface DomainCluster {
    readonly instanceType?: string;
    readonly instanceCount?: number;
    readonly dedicatedMasterCount?: number;
    readonly dedicatedMasterType?: string;
    readonly zoneAwarenessConfig?: { readonly availabilityZoneCount?: number };
}

function describeDomain(inputs: Inputs): string[] {
    const cluster = (inputs.clusterConfig ?? {}) as DomainCluster;
    const { volumeSize } = (inputs.ebsOptions ?? {}) as { readonly volumeSize?: number };
    const zones = cluster.zoneAwarenessConfig?.availabilityZoneCount ?? 1;
    const masters = cluster.dedicatedMasterCount
        ? [`${cluster.dedicatedMasterCount} × ${cluster.dedicatedMasterType} masters`]
        : [];
    return [
        `${text(inputs.engineVersion).replace("_", " ")}, OpenSearch Service`,
        `${cluster.instanceCount} × ${cluster.instanceType}, ${zones} zone${zones === 1 ? "" : "s"}`,
        ...masters,
        ...(volumeSize ? [`${volumeSize} GiB a node`] : []),
    ];
}

function simulatedHosts(outputs: unknown): string[] {
    const hosts = JSON.stringify(reveal(outputs)).matchAll(
        new RegExp(`[\\w.-]+\\.${SIMULATED_DOMAIN}\\b`, "g"),
    );
    return [...new Set([...hosts].map(([host]) => host))];
}

function text(value: unknown): string {
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
