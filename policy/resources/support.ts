import table from "../facts/support.json";

interface Support {
    readonly standardUntil?: string;
    readonly extendedUntil?: string;
}

const support: Readonly<Record<string, Readonly<Record<string, Support>>>> = table;

/** Whether an engine's version is supported, and until when. */
export interface SupportState {
    /** What is wrong; undefined when the version is supported. */
    readonly problem?: string;
    /** Days until its support ends, where an end is announced. */
    readonly daysLeft?: number;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * @param engine one of `kubernetes`, `valkey`, `redis`, `rabbitmq`, `opensearch`, `elasticsearch`
 * @param version as a resource names it: a patch version counts as its minor version
 * @param extended whether extended support, which costs more, counts
 * @param asOf ISO date; empty for today
 */
export function supportOf(
    engine: string,
    version: string,
    extended: boolean,
    asOf: string,
): SupportState {
    const entry = longestMatch(support[engine] ?? {}, version);
    if (!entry) {
        return { problem: `${engine} ${version} is no version that AWS supports` };
    }
    const until = extended ? (entry.extendedUntil ?? entry.standardUntil) : entry.standardUntil;
    if (until === undefined) {
        return {};
    }
    const now = asOf === "" ? Date.now() : Date.parse(asOf);
    const daysLeft = Math.floor((Date.parse(until) - now) / DAY);
    return daysLeft < 0
        ? { problem: `support of ${engine} ${version} ended on ${until}`, daysLeft }
        : { daysLeft };
}

/** `7.1.2` is found under `7.1`, and `6.x` under `6`. */
function longestMatch(
    versions: Readonly<Record<string, Support>>,
    version: string,
): Support | undefined {
    const parts = version.split(".");
    for (let length = parts.length; length > 0; length--) {
        const entry = versions[parts.slice(0, length).join(".")];
        if (entry) {
            return entry;
        }
    }
    return undefined;
}
