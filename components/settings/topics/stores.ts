import { z } from "zod";
import { key, topicKeys } from "../key";
import type { Requirement } from "../requires";
import { Finding, Rule, rule, set } from "../rule";
import type { Key, Values } from "../schema";

/** What HySDS uses stores for; each may be in a place of its own. */
export const USES = ["broker", "redis", "search"] as const;

export type Use = (typeof USES)[number];

/** A service of AWS, a StatefulSet, or a server that is not the stack's. */
export type StoreKind = "aws" | "in-cluster" | "external";

/** What each value of `backends` says of all three. */
const SHORT_FORM = {
    managed: "aws",
    "in-cluster": "in-cluster",
    external: "external",
} as const satisfies Readonly<Record<string, StoreKind>>;

const place = z.enum(["default", "aws", "in-cluster", "external"]);

/** The keys that choose where each store is. */
export const keys = topicKeys("Stores", {
    backends: key(z.enum(["managed", "in-cluster", "external"]), {
        default: "managed",
        description:
            "Where the data is: managed uses ElastiCache, Amazon MQ and OpenSearch Service; in-cluster uses StatefulSets; external uses servers that are there. broker, redis and search say otherwise for one of them.",
    }),
    broker: key(place, {
        default: "default",
        description:
            "Where RabbitMQ is: Amazon MQ, the cluster, or a server that is there. default: as backends says.",
    }),
    redis: key(place, {
        default: "default",
        description:
            "Where Redis is: ElastiCache, the cluster, or a server that is there. default: as backends says.",
    }),
    search: key(place, {
        default: "default",
        description:
            "Where the search clusters are: OpenSearch Service, the cluster, or a server that is there. default: as backends says.",
    }),
});

/** Where a store is. */
export function placeOf(values: Pick<Values, Use | "backends">, use: Use): StoreKind {
    const chosen = values[use];
    return chosen === "default" ? SHORT_FORM[values.backends] : chosen;
}

/** Whether a store is a service of AWS. */
export function isOnAws(values: Values, use: Use): boolean {
    return values.platform === "aws" && placeOf(values, use) === "aws";
}

/** The keys that say where a store is. */
export function placeKeys(use: Use): readonly Key[] {
    return ["platform", "backends", use];
}

/**
 * Requirements of a key that means something where a store is of this kind. A stack on a cluster that is there and
 * says nothing of its stores has none of AWS, which a rule tells; its keys of in-cluster stores are not told too.
 */
export function where(use: Use, kind: StoreKind): readonly Requirement[] {
    const short = Object.entries(SHORT_FORM).flatMap(([name, is]) => (is === kind ? [name] : []));
    return [
        { [use]: kind },
        { [use]: "default", backends: short },
        ...(kind === "in-cluster"
            ? [{ [use]: "default", backends: "managed", platform: "existing" }]
            : []),
    ];
}

/** Requirements of what means something where any store is in the cluster. */
export const ANY_IN_CLUSTER: readonly Requirement[] = USES.flatMap((use) =>
    where(use, "in-cluster"),
);

const NEEDS_AWS = "ElastiCache, Amazon MQ and OpenSearch Service need the VPC of platform aws";

function awsElsewhere(values: Values): readonly Finding[] {
    if (values.platform === "aws") {
        return [];
    }
    const onAws = USES.filter((use) => placeOf(values, use) === "aws");
    const finding = (at: Key): Finding => ({
        at,
        reason: NEEDS_AWS,
        allowed: "in-cluster or external",
        fixes: [set(at, "in-cluster")],
    });
    return [
        ...(onAws.some((use) => values[use] === "default") ? [finding("backends")] : []),
        ...onAws.filter((use) => values[use] === "aws").map(finding),
    ];
}

/** Rules about the stores as a whole. */
export const rules: readonly Rule[] = [
    rule("managed-needs-aws", ["platform", "backends", ...USES], awsElsewhere),
];
