export interface RedisConfigArgs {
    /** Letters and digits, so that it needs no quoting. */
    readonly password: string;
    readonly maxMemoryMiB: number;
}

/**
 * redis.conf, which Valkey reads as well. The append-only file, synced every second, replaces snapshots.
 *
 * @returns text that holds the password: a secret
 */
export function renderRedisConf(args: RedisConfigArgs): string {
    return [
        "bind * -::*",
        "port 6379",
        "dir /data",
        `requirepass ${args.password}`,
        `maxmemory ${args.maxMemoryMiB}mb`,
        "maxmemory-policy noeviction",
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "tcp-keepalive 60",
        "",
    ].join("\n");
}
