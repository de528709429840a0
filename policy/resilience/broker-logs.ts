import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const brokerLogs = rule({
    name: "broker-logs",
    description:
        "Brokers write their log to CloudWatch: connection failures and memory alarms are seen nowhere else.",
    reference: fsbp("MQ.2"),
    fix: "set logs.general to true.",
    severity: "medium",
}).checks(aws.mq.Broker, (broker, { report }) => {
    if (broker.logs?.general !== true) {
        report("logs.general is not true");
    }
});
