import { describe, expect, it } from "vitest";
import { Properties } from "../../../workshop/aws-simulation/wire/values";
import { BROKER, GOOD, Refusal, refusalsOf } from "./support/refusals";

const user = (password: string, username = "hysds"): Properties => ({
    users: [{ username, password }],
});

describe("AWS refuses of Amazon MQ", () => {
    it.each<Refusal>([
        ["a short password", user("Short-1"), "12 to 250 characters"],
        ["a monotonous password", user("ababababababab"), "at least 4 unique characters"],
        ["a comma in the password", user("Good,pass_word1"), "must not contain commas"],
        ["an equals sign in the password", user("Good=pass_word1"), "must not contain"],
        ["the user guest", user("Good-pass_word1", "guest"), "[guest] is reserved"],
        [
            "two users",
            {
                users: [
                    ...([GOOD[BROKER]?.users].flat() as Properties[]),
                    { username: "b", password: "Good-pass_word2" },
                ],
            },
            "exactly one user",
        ],
        [
            "two subnets for one instance",
            { subnetIds: ["subnet-a", "subnet-b"] },
            "exactly one subnet for deployment mode [SINGLE_INSTANCE]",
        ],
        [
            "active/standby",
            { deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" },
            "not supported for broker engine type [RABBITMQ]",
        ],
        [
            "a cluster of mq.t3.micro",
            { deploymentMode: "CLUSTER_MULTI_AZ", hostInstanceType: "mq.t3.micro" },
            "[mq.t3.micro] is not supported for deployment mode [CLUSTER_MULTI_AZ]",
        ],
        [
            "no minor upgrades",
            { autoMinorVersionUpgrade: false },
            "Brokers on [RabbitMQ] version [3.13] must have [autoMinorVersionUpgrade] set to [true].",
        ],
        [
            "an old engine",
            { engineVersion: "3.8.6" },
            "Broker engine version [3.8.6] is invalid for broker engine type [RABBITMQ]",
        ],
        [
            "RabbitMQ 4 on mq.m5",
            { engineVersion: "4.2" },
            "[mq.m5.large] is not supported for broker engine type [RABBITMQ] version [4.2]",
        ],
        ["no instance type", { hostInstanceType: "m5.large" }, "[m5.large] is invalid"],
        [
            "a public broker with security groups",
            { publiclyAccessible: true, securityGroups: ["sg-1"] },
            "publicly accessible RabbitMQ",
        ],
        [
            "an audit log",
            { logs: { audit: "true" } },
            "logs.audit: Can not be configured when engine is RabbitMQ",
        ],
        [
            "a subnet that is not there",
            { subnetIds: ["subnet-z"] },
            "InvalidSubnetID.NotFound: The subnet ID 'subnet-z' does not exist",
        ],
    ])("%s", (_, change, wording) => {
        expect(refusalsOf(BROKER, change)).toContainEqual(expect.stringContaining(wording));
    });
});
