import * as aws from "@pulumi/aws";
import { document } from "../references";
import { isLarger } from "../resources/instance-size";
import { rule } from "../rule";
import { text } from "../setting";

export const brokerSize = rule({
    name: "broker-size",
    description:
        "Brokers have the instance type that the environment is budgeted for; a cluster bills it three times.",
    reference: document("Amazon MQ pricing", "https://aws.amazon.com/amazon-mq/pricing/"),
    fix: "choose a smaller hysds:rabbitmqInstanceType, or raise largestSize.",
    severity: "low",
    settings: { largestSize: text("Largest broker size.", "4xlarge") },
    values: { dev: { largestSize: "large" } },
}).checks(aws.mq.Broker, (broker, { report, settings: { largestSize } }) => {
    if (isLarger(broker.hostInstanceType, largestSize)) {
        report(`hostInstanceType ${broker.hostInstanceType} is larger than ${largestSize}`);
    }
});
