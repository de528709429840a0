import { hasInstanceStore } from "./limits/instances";
import {
    AwsPlatformSettings,
    JobNodeGroupSettings,
    NodeGroupSettings,
    WorkerPoolSettings,
} from "./settings";

/** What images and logs take of a node's disk beside the work of one job, GiB. */
const OTHER_DISK_GIB = 50;

/** Whether a worker pool has nodes of its own, on AWS. */
export function hasOwnNodes({ instanceTypes, spot }: WorkerPoolSettings): boolean {
    return instanceTypes !== undefined || spot !== undefined;
}

/**
 * The node group of a worker pool's own; undefined where it shares the job nodes. What the pool does not say is as the
 * job nodes have it. There are none while no worker runs, and at most as many as there are workers, as a worker fits
 * on a node at least. `/data/work` is on the instance store where all its types have one.
 */
export function poolNodeGroup(
    pool: WorkerPoolSettings,
    jobNodes: JobNodeGroupSettings,
): JobNodeGroupSettings | undefined {
    if (!hasOwnNodes(pool)) {
        return undefined;
    }
    const instanceTypes = pool.instanceTypes ?? jobNodes.instanceTypes;
    const { spot } = pool;
    return {
        instanceTypes,
        capacityType: spot === undefined ? jobNodes.capacityType : spot ? "SPOT" : "ON_DEMAND",
        minSize: 0,
        maxSize: pool.maxReplicas,
        // Kubernetes gives pods some 85 percent of a disk.
        diskGiB: Math.max(jobNodes.diskGiB, Math.ceil(1.2 * pool.diskGiB) + OTHER_DISK_GIB),
        workDisk: instanceTypes.every(hasInstanceStore) ? "nvme" : "ebs",
    };
}

/** The node groups of worker pools that have nodes of their own, by the pool's name. */
export function poolNodeGroups(
    workers: readonly WorkerPoolSettings[],
    jobNodes: JobNodeGroupSettings,
): Record<string, JobNodeGroupSettings> {
    return Object.fromEntries(
        workers.flatMap((pool) => {
            const group = poolNodeGroup(pool, jobNodes);
            return group ? [[pool.name, group]] : [];
        }),
    );
}

/** All node groups of a cluster of the stack's own. */
export function nodeGroupsOf(
    workers: readonly WorkerPoolSettings[],
    { serviceNodes, jobNodes }: Pick<AwsPlatformSettings, "serviceNodes" | "jobNodes">,
): readonly NodeGroupSettings[] {
    return [serviceNodes, jobNodes, ...Object.values(poolNodeGroups(workers, jobNodes))];
}
