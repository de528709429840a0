import { z } from "zod";
import { key, topicKeys } from "../key";
import { RESERVED_NAMES, RESERVED_QUEUES } from "../../hysds/catalog/reserved";
import { instanceType } from "../limits/ec2";
import { imageReference } from "../../../contract/image-reference";
import { dnsLabel, labelName, labelValue } from "../limits/kubernetes-names";
import { maxConsumerTimeoutHours, queueName } from "../limits/rabbitmq";
import { memoryBytes } from "../../../contract/memory-quantity";
import { cpuCores } from "../quantity";
import { Finding, repeated, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { jobRightFields, jobRightRules } from "./job-rights";
import { workerNodeRules } from "./worker-nodes";
import { placeKeys, placeOf } from "./stores";

/** `pulumi config set --path` stores whole numbers as numbers, also where a quantity is meant. */
const quantity = z.union([z.string(), z.number()]).transform(String);

/** 64 MiB is less than a Python process needs: below it a unit is missing, as in `512` or `512m`. */
const minWorkerBytes = 64 * 2 ** 20;

const worker = z.strictObject({
    name: z
        .string()
        .max(40)
        .regex(dnsLabel)
        .meta({ allowed: "at most 40 lower-case letters, digits and hyphens", example: "ingest" }),
    queue: z.string().regex(queueName).meta({
        allowed: "letters, digits and ._-, not beginning with amq.",
        example: "ingest-queue",
    }),
    image: z.string().regex(imageReference).optional().meta({
        allowed: "a full image reference with a tag other than latest, or a digest",
        example: "registry.example.org/hysds/verdi:1.0.0",
    }),
    minReplicas: z.int().min(0).max(10000).default(0),
    maxReplicas: z.int().min(1).max(10000).default(1),
    timeoutHours: z.int().min(1).max(maxConsumerTimeoutHours).default(24),
    cpu: quantity
        .refine((value) => (cpuCores(value) ?? 0) > 0)
        .default("1")
        .meta({ allowed: "cores, such as 2, 0.5 or 500m" }),
    memory: quantity
        .refine((value) => (memoryBytes(value) ?? 0) >= minWorkerBytes)
        .default("2Gi")
        .meta({ allowed: "bytes with a unit, such as 512Mi or 4Gi, at least 64Mi" }),
    diskGiB: z.int().min(1).max(65536).default(20),
    instanceTypes: z
        .array(
            z.string().regex(instanceType).meta({
                allowed: "an EC2 instance type, such as m6id.2xlarge",
                example: "m6id.2xlarge",
            }),
        )
        .min(1)
        .optional()
        .meta({ allowed: "EC2 instance types, at least one" }),
    spot: z.boolean().optional(),
    nodeSelector: z
        .record(z.string().regex(labelName), z.string().regex(labelValue))
        .optional()
        .meta({ allowed: "Kubernetes labels and their values" }),
    ...jobRightFields,
});

/** Memory that a machine of 8 GiB has left for one worker, MiB. */
const smallWorkerMiB = 2048;

/** Keys about the worker pools of the project. */
export const keys = topicKeys("HySDS", {
    workers: key(z.array(worker), {
        default: [],
        description:
            "Verdi worker pools for the project's own queues, each with name and queue, and where needed image, minReplicas (0), maxReplicas (1), timeoutHours (24), cpu (1), memory (2Gi) and diskGiB (20). With instanceTypes or spot, a pool has nodes of its own on AWS; with nodeSelector, it keeps to nodes with these labels of an existing cluster. jobPolicyArns and jobStatements give its jobs rights of their own in AWS: see docs/job-rights.md.",
        allowed: "worker pools with different names and queues",
    }),
});

function sameTwice(values: Values, field: "name" | "queue"): readonly Finding[] {
    return repeated(values.workers.map((worker) => worker[field])).map((index) => {
        const value = values.workers[index]?.[field] ?? "";
        const at = `workers[${index}].${field}`;
        const reason = `another worker pool has the same ${field}`;
        return { at, reason, fixes: [set(at, `${value.slice(0, 36)}-${index}`)] };
    });
}

/** Rules about worker pools. */
export const rules: readonly Rule[] = [
    rule("worker-names-differ", ["workers"], (values) => sameTwice(values, "name")),
    rule("worker-queues-differ", ["workers"], (values) => sameTwice(values, "queue")),
    rule("worker-queues-are-free", ["workers"], ({ workers }) =>
        workers.flatMap(({ queue, name }, index): readonly Finding[] =>
            RESERVED_QUEUES.has(queue)
                ? [
                      {
                          at: `workers[${index}].queue`,
                          reason: "HySDS has a queue of this name, with workers of its own",
                          allowed: `any name but ${[...RESERVED_QUEUES].join(", ")}`,
                          fixes: [set(`workers[${index}].queue`, `${name}-queue`)],
                      },
                  ]
                : [],
        ),
    ),
    rule("worker-names-are-free", ["workers"], ({ workers }) =>
        workers.flatMap(({ name }, index): readonly Finding[] =>
            RESERVED_NAMES.has(name)
                ? [
                      {
                          at: `workers[${index}].name`,
                          reason: "HySDS has a workload of this name",
                          allowed: "a name that no process of HySDS has",
                          fixes: [set(`workers[${index}].name`, `${name.slice(0, 34)}-pool`)],
                      },
                  ]
                : [],
        ),
    ),
    rule("worker-min-not-above-max", ["workers"], ({ workers }) =>
        workers.flatMap(({ minReplicas, maxReplicas }, index): readonly Finding[] =>
            minReplicas <= maxReplicas
                ? []
                : [
                      {
                          at: `workers[${index}].maxReplicas`,
                          reason: `it is below minReplicas, which is ${minReplicas}`,
                          allowed: `${minReplicas} or more`,
                          fixes: [set(`workers[${index}].maxReplicas`, minReplicas)],
                      },
                  ],
        ),
    ),
    rule("small-workers-fit", ["size", ...placeKeys("search"), "workers"], (values) =>
        values.size === "small" && placeOf(values, "search") === "in-cluster"
            ? values.workers.flatMap(({ memory }, index) =>
                  (memoryBytes(memory) ?? 0) <= smallWorkerMiB * 2 ** 20
                      ? []
                      : [
                            {
                                at: `workers[${index}].memory`,
                                reason: "size small is meant for a machine of 8 GiB, most of which the services and stores take",
                                allowed: `at most ${smallWorkerMiB}Mi`,
                                fixes: [set(`workers[${index}].memory`, "1Gi")],
                            },
                        ],
              )
            : [],
    ),
    ...workerNodeRules,
    ...jobRightRules,
];

/** One pool of Verdi workers: a Celery queue of the project's own that runs PGE containers. */
export type WorkerPoolSettings = Values["workers"][number];
