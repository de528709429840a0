import { isDeepStrictEqual } from "node:util";
import { schema } from "../schema";
import { keyFacts } from "../schema/key";
import { Rule, remove, repeated, rule, set } from "./rule";

const prometheusKeys = ["prometheusDiscovery", "prometheusNamespace", "prometheusLabels"] as const;

/** Rules about metrics, alarms and logs. */
export const observabilityRules: readonly Rule[] = [
    rule("cloudwatch-needs-aws", ["monitoring", "platform"], ({ monitoring, platform }) =>
        monitoring !== "cloudwatch" || platform === "aws"
            ? []
            : [
                  {
                      at: "monitoring",
                      reason: "CloudWatch watches what platform aws creates",
                      allowed: "none, prometheus",
                      fixes: [set("monitoring", "prometheus")],
                  },
              ],
    ),
    rule("alarm-emails-need-alarms", ["monitoring", "alarmEmails"], (values) =>
        values.monitoring === "none" && values.alarmEmails.length > 0
            ? [
                  {
                      at: "monitoring",
                      reason: "alarmEmails has addresses, and without monitoring there are no alarms",
                      allowed: "cloudwatch, prometheus",
                      fixes: [set("monitoring", "cloudwatch"), remove("alarmEmails")],
                  },
              ]
            : [],
    ),
    rule("alarm-emails-differ", ["alarmEmails"], ({ alarmEmails }) =>
        repeated(alarmEmails).map((index) => ({
            at: `alarmEmails[${index}]`,
            reason: "this address is there already",
            fixes: [remove(`alarmEmails[${index}]`)],
        })),
    ),
    rule("prometheus-keys-need-prometheus", ["monitoring", ...prometheusKeys], (values) =>
        values.monitoring === "prometheus"
            ? []
            : prometheusKeys
                  .filter(
                      (key) =>
                          !isDeepStrictEqual(values[key], keyFacts.get(schema.shape[key])?.default),
                  )
                  .map((key) => ({
                      at: key,
                      reason: `it means something with monitoring prometheus only, and monitoring is ${values.monitoring}`,
                      fixes: [remove(key)],
                  })),
    ),
];
