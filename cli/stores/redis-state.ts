import { EVENT_LISTS } from "../../contract/event-lists";
import { Installation, RedisStore } from "../installation";

/** How a Redis store is. */
export interface RedisState {
    readonly store: RedisStore;
    readonly keys: number;
    readonly usedBytes: number;
    /** 0: as much as the machine has. */
    readonly maxBytes: number;
    /** Events that no indexer has taken yet. */
    readonly backlog: number;
    /** The same for both stores when they are one. */
    readonly runId: string;
}

export async function redisState(
    installation: Installation,
    store: RedisStore,
): Promise<RedisState> {
    const redis = await installation.redis(store);
    const [info, keys, ...lengths] = await Promise.all([
        redis.info(),
        redis.dbsize(),
        ...Object.values(EVENT_LISTS).map((list) => redis.llen(list)),
    ]);
    const fields = parseInfo(info);
    return {
        store,
        keys,
        usedBytes: Number(fields.get("used_memory") ?? 0),
        maxBytes: Number(fields.get("maxmemory") ?? 0),
        backlog: lengths.reduce((sum, length) => sum + length, 0),
        runId: fields.get("run_id") ?? "",
    };
}

/** https://redis.io/docs/latest/commands/info/ */
function parseInfo(text: string): Map<string, string> {
    const lines = text.split(/\r?\n/).filter((line) => /^\w+:/.test(line));
    return new Map(
        lines.map((line) => {
            const colon = line.indexOf(":");
            return [line.slice(0, colon), line.slice(colon + 1)];
        }),
    );
}
