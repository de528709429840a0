import { PolicyPack } from "@pulumi/policy";
import * as aws from "@pulumi/aws";
import { configurationOf, policyOf } from "../../../policy/policies";
import { document } from "../../../policy/references";
import { rule } from "../../../policy/rule";

/** Looks at each broker, at the stack, and corrects: all that one rule can. */
const privateBrokers = rule({
    name: "private-brokers",
    description: "Brokers are private, and there is one.",
    reference: document("Fixture", "https://example.org"),
    fix: "make it private.",
    severity: "low",
    enforcement: { dev: "remediate" },
})
    .checks(aws.mq.Broker, ({ publiclyAccessible }, { report }) => {
        if (publiclyAccessible === true) {
            report("the broker is public");
        }
    })
    .remediates(aws.mq.Broker, (broker) =>
        broker.publiclyAccessible === true ? { ...broker, publiclyAccessible: false } : undefined,
    )
    .checksStack((resources, { report }) => {
        if (resources.filter(({ isType }) => isType(aws.mq.Broker)).length > 1) {
            report("there are several brokers");
        }
    });

new PolicyPack(
    "fixture",
    { policies: [policyOf(privateBrokers, "prod")] },
    configurationOf([privateBrokers], "prod"),
);
