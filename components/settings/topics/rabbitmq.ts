import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, optional, topicKeys } from "../key";
import * as limits from "../limits/rabbitmq";
import { encrypted, Finding, refuse, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import type { Settings } from "../settings";
import { minZones, zoneKeys, zones } from "./network";
import { rabbitmqLocation, RabbitmqLocation } from "./external-stores";
import { isOnAws, placeKeys, where } from "./stores";

const MANAGED = where("broker", "aws");
const IN_CLUSTER = where("broker", "in-cluster");

/**
 * What Amazon MQ takes as the password of a new broker's user, of the characters that HySDS's files and URLs take.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-user.html
 */
const PASSWORD = /^[\w.~!@%^&*()+?;<>{}[\]|#-]{12,128}$/;

/** What commands that fix a password read it from. */
const PASSWORD_FILE = "rabbitmq-password.txt";

/** Keys about RabbitMQ. */
export const keys = topicKeys("RabbitMQ", {
    rabbitmqEngineVersion: key(z.enum(limits.rabbitmqVersions), {
        default: "3.13",
        description:
            "Version of RabbitMQ. 3.13 has classic queues with the ten priorities that HySDS asks for.",
        requires: [...MANAGED, ...IN_CLUSTER],
    }),
    rabbitmqDeploymentMode: key(z.enum(["SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"]), {
        default: "SINGLE_INSTANCE",
        description: "One broker, or a cluster of three in three zones.",
        requires: MANAGED,
    }),
    rabbitmqInstanceType: key(z.enum(limits.rabbitmqInstanceTypes), {
        default: "mq.m7g.large",
        description: "Amazon MQ instance type. mq.m7g.medium takes 100 connections only.",
        requires: MANAGED,
    }),
    rabbitmqUsername: key(z.string().regex(/^(?!guest$)[A-Za-z0-9._~-]{2,100}$/), {
        default: "hysds",
        description:
            "User that HySDS connects as; its password is generated, unless the broker is external. An Amazon MQ broker keeps its first user: another one needs rabbitmqPassword.",
        allowed: "2 to 100 letters, digits and ._~-, other than guest",
    }),
    rabbitmqPassword: key(optional(PASSWORD), {
        default: "",
        description:
            "Password of a user that `hysds-ops broker-user` has made on the Amazon MQ broker; set it with --secret. Empty: the user that the broker was made with.",
        allowed: "12 to 128 letters, digits and ._~!@%^&*()+?;<>{}[]|#-, four of them different",
        requires: MANAGED,
        secret: true,
    }),
    rabbitmqConsumerTimeoutHours: key(z.int().min(1).max(limits.maxConsumerTimeoutHours), {
        default: 96,
        description:
            "RabbitMQ's consumer_timeout, hours; of an external broker, what its owner has set. A job that takes longer is delivered a second time.",
    }),
    rabbitmqStorageGiB: key(z.int().min(1).max(1024), {
        default: 8,
        description: "Volume of an in-cluster broker, GiB.",
        requires: IN_CLUSTER,
    }),
});

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
export const rules: readonly Rule[] = [
    rule(
        "cluster-needs-a-zone-for-each-broker",
        ["rabbitmqDeploymentMode", ...placeKeys("broker"), ...zoneKeys],
        (values) =>
            isOnAws(values, "broker") &&
            values.rabbitmqDeploymentMode === "CLUSTER_MULTI_AZ" &&
            zones(values) >= minZones &&
            zones(values) < limits.brokersInCluster
                ? [
                      {
                          at: "rabbitmqDeploymentMode",
                          reason: `its three brokers need three zones to survive the loss of one, and the stack has ${zones(values)}`,
                          allowed:
                              "SINGLE_INSTANCE, or CLUSTER_MULTI_AZ with availabilityZones 3 or three privateSubnetIds",
                          fixes: [
                              values.vpcId === ""
                                  ? set("availabilityZones", limits.brokersInCluster)
                                  : set("rabbitmqDeploymentMode", "SINGLE_INSTANCE"),
                          ],
                      },
                  ]
                : [],
    ),
    rule(
        "rabbitmq-version-on-instance-type",
        ["rabbitmqEngineVersion", "rabbitmqInstanceType", ...placeKeys("broker")],
        (values) =>
            !isOnAws(values, "broker") ||
            limits.offersRabbitmq(values.rabbitmqEngineVersion, values.rabbitmqInstanceType)
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
    refuse(
        "rabbitmqPassword-varies",
        ["rabbitmqPassword"],
        ({ rabbitmqPassword }) => rabbitmqPassword !== "" && new Set(rabbitmqPassword).size < 4,
        {
            at: "rabbitmqPassword",
            reason: "Amazon MQ refuses a password of fewer than four different characters",
            allowed: "one that hysds-ops broker-user has made",
            fixes: [{ set: "rabbitmqPassword", value: PASSWORD_FILE, secret: true }],
        },
    ),
    encrypted("rabbitmqPassword-is-secret", "rabbitmqPassword", PASSWORD_FILE),
];

/** The broker. `storageGiB` is the in-cluster volume. */
export type RabbitmqSettings = Omit<Fields<"rabbitmq", typeof keys>, "password"> & {
    /** A secret: that of `username`, where an Amazon MQ broker was made with another one. */
    readonly password?: pulumi.Output<string>;
    readonly location: RabbitmqLocation;
};

/** The broker as its keys have it. */
export function rabbitmqSettings(values: Values): RabbitmqSettings {
    const { password, ...rest } = fields(values, "rabbitmq", keys);
    return {
        ...rest,
        ...(password === "" ? {} : { password: pulumi.secret(password) }),
        location: rabbitmqLocation(values),
    };
}

/** What is allowed of the broker and still worth a second thought. */
export function advice({ backends }: Settings): readonly string[] {
    const { type, maxConnections } = limits.smallestInstance;
    return backends.rabbitmq.location.kind === "aws" && backends.rabbitmq.instanceType === type
        ? [
              `${type} takes ${maxConnections} connections, and every Celery worker opens several. It is for evaluation; the next one: pulumi config set hysds:rabbitmqInstanceType mq.m7g.large`,
          ]
        : [];
}
