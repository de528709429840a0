import * as aws from "@pulumi/aws";
import { document } from "../references";
import { rule } from "../rule";

export const brokerPrivate = rule({
    name: "broker-private",
    description:
        "Amazon MQ brokers have no public address: the broker's user and password are all that protects the job queues.",
    reference: document(
        "Amazon MQ security best practices",
        "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
    ),
    fix: "set publiclyAccessible to false and give the broker subnets and security groups (a change replaces the broker).",
    severity: "critical",
}).checks(aws.mq.Broker, (broker, { report }) => {
    if (broker.publiclyAccessible === true) {
        report("publiclyAccessible is true");
    }
});
