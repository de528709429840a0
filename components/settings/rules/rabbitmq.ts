import { brokersInCluster, offersRabbitmq } from "../limits/rabbitmq";
import { Values } from "../schema";
import {
    Finding,
    isManaged,
    managedKeys,
    minZones,
    Rule,
    rule,
    set,
    zoneKeys,
    zones,
} from "./rule";

function longestJobs(values: Values): readonly Finding[] {
    const limit = values.rabbitmqConsumerTimeoutHours;
    const finding = (at: string, hours: number): readonly Finding[] =>
        hours <= limit
            ? []
            : [
                  {
                      at,
                      reason: `it is longer than rabbitmqConsumerTimeoutHours, which is ${limit}: the job would be delivered a second time while it runs`,
                      allowed: `at most ${limit}, or a longer rabbitmqConsumerTimeoutHours`,
                      fixes: [set("rabbitmqConsumerTimeoutHours", hours)],
                  },
              ];
    return [
        ...finding("jobTimeoutHours", values.jobTimeoutHours),
        ...values.workers.flatMap(({ timeoutHours }, index) =>
            finding(`workers[${index}].timeoutHours`, timeoutHours),
        ),
    ];
}

/** Rules about RabbitMQ. */
export const rabbitmqRules: readonly Rule[] = [
    rule(
        "cluster-needs-a-zone-for-each-broker",
        ["rabbitmqDeploymentMode", ...managedKeys, ...zoneKeys],
        (values) =>
            isManaged(values) &&
            values.rabbitmqDeploymentMode === "CLUSTER_MULTI_AZ" &&
            zones(values) >= minZones &&
            zones(values) < brokersInCluster
                ? [
                      {
                          at: "rabbitmqDeploymentMode",
                          reason: `its three brokers need three zones to survive the loss of one, and the stack has ${zones(values)}`,
                          allowed:
                              "SINGLE_INSTANCE, or CLUSTER_MULTI_AZ with availabilityZones 3 or three privateSubnetIds",
                          fixes: [
                              values.vpcId === ""
                                  ? set("availabilityZones", brokersInCluster)
                                  : set("rabbitmqDeploymentMode", "SINGLE_INSTANCE"),
                          ],
                      },
                  ]
                : [],
    ),
    rule(
        "rabbitmq-version-on-instance-type",
        ["rabbitmqEngineVersion", "rabbitmqInstanceType", ...managedKeys],
        (values) =>
            !isManaged(values) ||
            offersRabbitmq(values.rabbitmqEngineVersion, values.rabbitmqInstanceType)
                ? []
                : [
                      {
                          at: "rabbitmqInstanceType",
                          reason: `Amazon MQ runs RabbitMQ ${values.rabbitmqEngineVersion} on the m7g family only`,
                          allowed: "mq.m7g.medium to mq.m7g.16xlarge",
                          fixes: [set("rabbitmqInstanceType", "mq.m7g.large")],
                      },
                  ],
    ),
    rule(
        "jobs-end-before-consumer-timeout",
        ["jobTimeoutHours", "workers", "rabbitmqConsumerTimeoutHours"],
        longestJobs,
    ),
];
