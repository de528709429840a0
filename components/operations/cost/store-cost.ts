import {
    BackendsSettings,
    RabbitmqSettings,
    RedisSettings,
    SearchSettings,
} from "../../settings/settings";
import { brokersInCluster } from "../../settings/limits/rabbitmq";
import { CostItem, exactly } from "./cost-item";
import { PriceBook } from "./price-book";

/** Most that one RabbitMQ broker stores, GB; AWS bills what is stored. */
const BROKER_DISK_GB = 200;

/** Domains or replication groups by how HySDS divides its data. */
const DOMAINS = { shared: 1, separate: 3 } as const;
const REPLICATION_GROUPS = { shared: 1, separate: 2 } as const;

/** Lines of the stores: managed services, or the volumes of those in the cluster. */
export function storeCost(backends: BackendsSettings, book: PriceBook): readonly CostItem[] {
    const { redis, rabbitmq, search } = backends;
    return backends.kind === "managed"
        ? [redisCost(redis, book), ...rabbitmqCost(rabbitmq, book), ...searchCost(search, book)]
        : [volumes(backends, book)];
}

function redisCost(redis: RedisSettings, book: PriceBook): CostItem {
    const nodes = REPLICATION_GROUPS[redis.layout] * redis.nodeCount;
    const name = `ElastiCache for ${redis.engine === "valkey" ? "Valkey" : "Redis OSS"}`;
    return book.instances({ group: "Stores", name }, redis.engine, redis.nodeType, exactly(nodes));
}

function rabbitmqCost(rabbitmq: RabbitmqSettings, book: PriceBook): readonly CostItem[] {
    const brokers = rabbitmq.deploymentMode === "SINGLE_INSTANCE" ? 1 : brokersInCluster;
    return [
        book.instances(
            { group: "Stores", name: "Amazon MQ for RabbitMQ" },
            "rabbitmq",
            rabbitmq.instanceType,
            exactly(brokers),
        ),
        book.units(
            { group: "Stores", name: "Amazon MQ storage", note: "billed by what is stored" },
            "rabbitmqStorage",
            { low: 0, high: brokers * BROKER_DISK_GB },
            `at most ${brokers} × ${BROKER_DISK_GB} GB`,
        ),
    ];
}

function searchCost(search: SearchSettings, book: PriceBook): readonly CostItem[] {
    const domains = DOMAINS[search.layout];
    const dataNodes = domains * search.instanceCount;
    const masters = domains * search.dedicatedMasterCount;
    const node = (name: string, type: string, count: number): CostItem =>
        book.instances({ group: "Stores", name }, "search", type, exactly(count));
    return [
        node("OpenSearch Service, data nodes", search.instanceType, dataNodes),
        ...(masters > 0
            ? [node("OpenSearch Service, masters", search.dedicatedMasterType, masters)]
            : []),
        book.units(
            { group: "Stores", name: "OpenSearch Service, volumes" },
            "searchGp3",
            exactly(dataNodes * search.volumeGiB),
            `${dataNodes} × ${search.volumeGiB} GiB gp3`,
        ),
    ];
}

function volumes({ redis, rabbitmq, search }: BackendsSettings, book: PriceBook): CostItem {
    const gib =
        REPLICATION_GROUPS[redis.layout] * redis.storageGiB +
        rabbitmq.storageGiB +
        DOMAINS[search.layout] * search.volumeGiB;
    const line = { group: "Stores", name: "Volumes of the stores in the cluster" } as const;
    return book.units(line, "gp3", exactly(gib), `${gib} GiB gp3`);
}
