import { SEARCH_DEFINITIONS, SearchDefinition } from "../../contract/search-definitions";
import { HttpClient, isNotFound } from "../http-client";
import { Installation, REDIS_STORES } from "../installation";
import { redisState } from "../stores/redis-state";
import { SEARCH_CLUSTERS, searchState } from "../stores/search-state";
import { Check } from "./check";
import { Findings } from "./finding";

const PERCENT = 100;

/** What the stack does not do for stores that are not its own. */
export const owners: Check = {
    name: "owners",
    fix: "see the stack's output stores",
    look({ installation }, findings) {
        for (const store of installation.external) {
            findings.ok(`${store} is external: its owner backs it up and watches it`);
        }
        return Promise.resolve();
    },
};

/** What fixes a store: a setting, or its owner. */
function fixFor({ external }: Installation, store: string, setting: string): string {
    return external.includes(store) ? `ask the owner of ${store} for more room` : setting;
}

/** Redis refuses writes when it is full, as it may not forget anything. */
export const redis: Check = {
    name: "Redis",
    fix: 'see "hysds-ops logs redis" where it runs in the cluster',
    async look({ installation }, findings) {
        for (const store of REDIS_STORES) {
            const { usedBytes, maxBytes, keys } = await redisState(installation, store);
            const percent = maxBytes > 0 ? Math.round((PERCENT * usedBytes) / maxBytes) : 0;
            const message = `${store}: ${keys} keys, ${percent} % of its memory`;
            const fix = fixFor(
                installation,
                "redis",
                'raise hysds:redisNodeType, or "hysds-ops reset metrics" what piled up',
            );
            if (percent >= 90) {
                findings.problem(message, fix);
            } else if (percent >= 75) {
                findings.warning(message, fix);
            } else {
                findings.ok(message);
            }
        }
    },
};

/** Percent of a disk from which on a node is given no new shards, and its indices soon refuse writes. */
const DISK = { warning: 85, problem: 90 } as const;

/** Health of the search clusters, and the disks of their nodes. */
export const search: Check = {
    name: "search",
    fix: 'see "hysds-ops logs search" where it runs in the cluster, and the domain\'s health in AWS',
    async look({ installation }, findings) {
        for (const cluster of SEARCH_CLUSTERS) {
            const { status, nodes, unassignedShards } = await searchState(installation, cluster);
            const message = `${cluster} is ${status}, ${nodes} nodes, ${unassignedShards} shards unassigned`;
            if (status === "red") {
                findings.problem(
                    message,
                    'add nodes or storage; "hysds-ops restore search" brings lost indices back',
                );
            } else if (status === "yellow") {
                findings.warning(message, "add a node, or wait until shards have moved");
            } else {
                findings.ok(message);
            }
            const fix = fixFor(
                installation,
                "search",
                'enlarge hysds:searchVolumeGiB, or delete old indices by "hysds-ops reset"',
            );
            await disks(await installation.http(cluster), findings, fix);
        }
    },
};

async function disks(cluster: HttpClient, findings: Findings, fix: string): Promise<void> {
    const nodes = await cluster.request<readonly { node: string; "disk.percent": string | null }[]>(
        "GET",
        "/_cat/allocation",
        { query: { format: "json" } },
    );
    for (const { node, "disk.percent": text } of nodes) {
        const percent = Number(text ?? 0);
        const message = `the disk of ${node} is ${percent} % full`;
        if (percent >= DISK.problem) {
            findings.problem(message, fix);
        } else if (percent >= DISK.warning) {
            findings.warning(message, fix);
        }
    }
}

/** An index that is made before its template keeps wrong mappings, and searches of HySDS then fail. */
export const definitions: Check = {
    name: "indices",
    fix: 'see "hysds-ops doctor" for search',
    async look({ installation }, findings) {
        for (const part of ["mozart", "grq", "metrics"] as const) {
            const cluster = await installation.http(`${part}-search`);
            for (const definition of SEARCH_DEFINITIONS[part]) {
                if (!(await exists(cluster, definition))) {
                    findings.problem(
                        `${definition.kind} ${definition.name} is missing in ${part}-search`,
                        "hysds-ops bootstrap",
                    );
                }
            }
        }
        if (findings.all.length === 0) {
            findings.ok("all indices and templates are there");
        }
    },
};

const PATHS: Readonly<Record<SearchDefinition["kind"], string>> = {
    index: "",
    template: "/_index_template",
    "legacy-template": "/_template",
    pipeline: "/_ingest/pipeline",
};

async function exists(cluster: HttpClient, { kind, name }: SearchDefinition): Promise<boolean> {
    try {
        await cluster.request("GET", `${PATHS[kind]}/${name}`);
        return true;
    } catch (failure) {
        if (isNotFound(failure)) {
            return false;
        }
        throw failure;
    }
}
