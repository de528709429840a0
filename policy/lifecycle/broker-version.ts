import * as aws from "@pulumi/aws";
import { document } from "../references";
import { supportOf } from "../resources/support";
import { rule } from "../rule";
import { supportSettings } from "./settings";

export const brokerVersion = rule({
    name: "broker-version-supported",
    description:
        "Brokers run a RabbitMQ version that Amazon MQ supports: it upgrades others by itself within 45 days, in some maintenance window.",
    reference: document(
        "Amazon MQ for RabbitMQ engine versions",
        "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html",
    ),
    fix: "raise hysds:rabbitmqEngineVersion.",
    severity: "medium",
    settings: { asOf: supportSettings.asOf },
}).checks(aws.mq.Broker, (broker, { report, settings: { asOf } }) => {
    const { problem } = supportOf("rabbitmq", broker.engineVersion, false, asOf);
    if (problem) {
        report(problem);
    }
});
