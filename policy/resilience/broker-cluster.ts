import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const brokerCluster = rule({
    name: "broker-multi-zone",
    description:
        "RabbitMQ runs on three brokers in three zones: a single one loses every queued job with its disk, and stops HySDS in each maintenance window.",
    reference: fsbp("MQ.6"),
    fix: "pulumi config set hysds:rabbitmqDeploymentMode CLUSTER_MULTI_AZ (a change replaces the broker).",
    severity: "high",
    enforcement: { dev: "disabled" },
}).checks(aws.mq.Broker, (broker, { report }) => {
    if (broker.deploymentMode !== "CLUSTER_MULTI_AZ") {
        report(`deploymentMode is ${broker.deploymentMode ?? "SINGLE_INSTANCE"}`);
    }
});
