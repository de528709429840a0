import { z } from "zod";
import { key, topicKeys } from "../key";
import { refuse, Rule, set } from "../rule";
import type { Values } from "../schema";

/** Requirement of what means something with ElastiCache, Amazon MQ and OpenSearch Service. */
export const MANAGED = { backends: "managed" } as const;
/** Requirements of what means something with StatefulSets: a cluster that is there has no other stores. */
export const IN_CLUSTER = [{ backends: "in-cluster" }, { platform: "existing" }] as const;

/** The key that chooses between managed and in-cluster stores. */
export const keys = topicKeys("Stores", {
    backends: key(z.enum(["managed", "in-cluster"]), {
        default: "managed",
        description:
            "Where the data is: managed uses ElastiCache, Amazon MQ and OpenSearch Service; in-cluster uses StatefulSets.",
    }),
});

/** Rules about the stores as a whole. */
export const rules: readonly Rule[] = [
    refuse(
        "managed-needs-aws",
        ["platform", "backends"],
        ({ platform, backends }) => platform !== "aws" && backends !== "in-cluster",
        {
            at: "backends",
            reason: "ElastiCache, Amazon MQ and OpenSearch Service need the VPC of platform aws",
            allowed: "in-cluster",
            fixes: [set("backends", "in-cluster")],
        },
    ),
];

/** Whether the stack uses ElastiCache, Amazon MQ and OpenSearch Service. */
export function isManaged(values: Values): boolean {
    return values.platform === "aws" && values.backends === "managed";
}

/** The keys that `isManaged` reads. */
export const managedKeys = ["platform", "backends"] as const;
