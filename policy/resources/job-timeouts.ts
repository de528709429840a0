import { Config } from "@pulumi/pulumi";

interface Pool {
    readonly name?: string;
    readonly timeoutHours?: number | string;
}

/** Default of a pool's timeoutHours in hysds:workers. */
const POOL_HOURS = 24;

/**
 * Longest job of a workload, seconds, by the stack's own configuration: a pool's timeoutHours, else
 * hysds:jobTimeoutHours.
 *
 * @param fallbackHours where the pack is not told the configuration
 */
export function jobTimeoutSeconds(workload: string | undefined, fallbackHours: number): number {
    const config = new Config("hysds");
    const pool = config
        .getObject<readonly Pool[]>("workers")
        ?.find(({ name }) => name === workload);
    const hours = pool
        ? Number(pool.timeoutHours ?? POOL_HOURS)
        : (config.getNumber("jobTimeoutHours") ?? fallbackHours);
    return hours * 3600;
}
