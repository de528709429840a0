import { Finding, Rule, rule, set } from "./rule";

/** Rules about autoscaling. */
export const autoscalingRules: readonly Rule[] = [
    rule(
        "keda-has-a-namespace-of-its-own",
        ["autoscaling", "kedaNamespace", "namespace", "jobsNamespace", "storesNamespace"],
        (values) =>
            values.autoscaling === "keda" &&
            [values.namespace, values.jobsNamespace, values.storesNamespace].includes(
                values.kedaNamespace,
            )
                ? [
                      {
                          at: "kedaNamespace",
                          reason: "it is a namespace of HySDS, whose pods are not KEDA",
                          allowed: "a namespace of its own",
                          fixes: [set("kedaNamespace", "keda")],
                      },
                  ]
                : [],
    ),
    rule(
        "busy-queues-have-room",
        ["autoscaling", "autoscalingMaxPercent", "parallelismPercent"],
        (values): readonly Finding[] =>
            values.autoscaling === "keda" &&
            values.autoscalingMaxPercent < values.parallelismPercent
                ? [
                      {
                          at: "autoscalingMaxPercent",
                          reason: `it is below parallelismPercent, where the queues rest, which is ${values.parallelismPercent}`,
                          allowed: `${values.parallelismPercent} or more`,
                          fixes: [set("autoscalingMaxPercent", values.parallelismPercent)],
                      },
                  ]
                : [],
    ),
];
