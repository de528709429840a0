import { NODE_GROUPS } from "../../platform/aws/node-group-names";
import { hasOwnNodes } from "../pool-nodes";
import { hasOwnRights } from "./job-rights";
import type { Values } from "../schema";
import { notOffered } from "./instance-offers";
import { mixedArchitectures } from "./nodes";
import { Finding, Rule, remove, rule, set } from "../rule";

type Pool = Values["workers"][number];

/**
 * An EKS node group's name has 63 characters: namePrefix, `-nodes-`, the pool's, and what Pulumi makes it unique by. A
 * role's has 64, with `-pool`.
 */
const MAX_NAME = 28;

function eachPool(
    values: Values,
    check: (pool: Pool, at: string) => readonly Finding[],
): readonly Finding[] {
    return values.workers.flatMap((pool, index) => check(pool, `workers[${index}]`));
}

/** Fields that mean something on the other kind of platform. */
function misplaced(values: Values): readonly Finding[] {
    const onAws = values.platform === "aws";
    const foreign = onAws
        ? (["nodeSelector"] as const)
        : (["instanceTypes", "spot", "jobPolicyArns", "jobStatements"] as const);
    const words = onAws ? "existing" : "aws";
    return eachPool(values, (pool, at) =>
        foreign
            .filter((field) => pool[field] !== undefined)
            .map((field) => ({
                at: `${at}.${field}`,
                reason: `it means something on platform ${words} only`,
                fixes: [remove(`${at}.${field}`)],
            })),
    );
}

function unstarted(values: Values): readonly Finding[] {
    const wanting = values.workers.find(hasOwnNodes);
    return values.platform !== "aws" || values.nodeAutoscaler !== "none" || !wanting
        ? []
        : [
              {
                  at: "nodeAutoscaler",
                  reason: `worker pool ${wanting.name} has nodes of its own, and nothing starts them`,
                  allowed: "cluster-autoscaler",
                  fixes: [set("nodeAutoscaler", "cluster-autoscaler")],
              },
          ];
}

function longName(pool: Pool, at: string): readonly Finding[] {
    const [thing, why] = hasOwnNodes(pool)
        ? ["a node group", "nodes"]
        : ["an IAM role", "rights in AWS"];
    return (hasOwnNodes(pool) || hasOwnRights(pool)) && pool.name.length > MAX_NAME
        ? [
              {
                  at: `${at}.name`,
                  reason: `it is too long for the name of ${thing}`,
                  allowed: `at most ${MAX_NAME} characters, as the pool has ${why} of its own`,
                  fixes: [set(`${at}.name`, pool.name.slice(0, MAX_NAME).replace(/-+$/, ""))],
              },
          ]
        : [];
}

function takenName(pool: Pool, at: string): readonly Finding[] {
    return hasOwnNodes(pool) && Object.hasOwn(NODE_GROUPS, pool.name)
        ? [
              {
                  at: `${at}.name`,
                  reason: "another node group has this name",
                  allowed: `any name but ${Object.keys(NODE_GROUPS).join(" and ")}, as the pool has nodes of its own`,
                  fixes: [set(`${at}.name`, `${pool.name}-pool`)],
              },
          ]
        : [];
}

/** Rules about the nodes of worker pools. */
export const workerNodeRules: readonly Rule[] = [
    rule("worker-nodes-are-of-the-platform", ["workers", "platform"], misplaced),
    rule("worker-nodes-are-started", ["workers", "platform", "nodeAutoscaler"], unstarted),
    rule("worker-nodes-have-names", ["workers", "platform"], (values) =>
        values.platform === "aws"
            ? [...eachPool(values, longName), ...eachPool(values, takenName)]
            : [],
    ),
    rule("worker-nodes-have-one-architecture", ["workers"], (values) =>
        eachPool(values, ({ instanceTypes = [] }, at) =>
            mixedArchitectures(`${at}.instanceTypes`, instanceTypes),
        ),
    ),
    rule("worker-nodes-are-offered", ["workers", "platform"], (values, context) =>
        values.platform === "aws"
            ? eachPool(values, ({ instanceTypes = [] }, at) =>
                  instanceTypes.flatMap((type, index) =>
                      notOffered("ec2", `${at}.instanceTypes[${index}]`, type, context),
                  ),
              )
            : [],
    ),
];
