import { builtInQueues } from "../limits/rabbitmq";
import { Values } from "../schema";
import { poolNodeRules } from "./pool-nodes";
import { Finding, Rule, repeated, rule, set } from "./rule";

function sameTwice(values: Values, field: "name" | "queue"): readonly Finding[] {
    return repeated(values.workers.map((worker) => worker[field])).map((index) => {
        const value = values.workers[index]?.[field] ?? "";
        const at = `workers[${index}].${field}`;
        const reason = `another worker pool has the same ${field}`;
        return { at, reason, fixes: [set(at, `${value.slice(0, 36)}-${index}`)] };
    });
}

/** Rules about worker pools. */
export const workerRules: readonly Rule[] = [
    rule("worker-names-differ", ["workers"], (values) => sameTwice(values, "name")),
    rule("worker-queues-differ", ["workers"], (values) => sameTwice(values, "queue")),
    rule("worker-queues-are-free", ["workers"], ({ workers }) =>
        workers.flatMap(({ queue, name }, index): readonly Finding[] =>
            builtInQueues.has(queue)
                ? [
                      {
                          at: `workers[${index}].queue`,
                          reason: "HySDS has a queue of this name, with workers of its own",
                          allowed: `any name but ${[...builtInQueues].join(", ")}`,
                          fixes: [set(`workers[${index}].queue`, `${name}-queue`)],
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
    ...poolNodeRules,
];
