import { block, list, text, texts } from "../resources/row";
import { isObject, Properties, UNKNOWN } from "../wire/values";
import { Rule, RuleContext } from "./rule";

const BROKER = "aws:mq/broker:Broker";

// Engine versions that Amazon MQ creates brokers of:
// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html
const RABBITMQ_VERSIONS = ["3.13", "4.2"];

function isRabbitmq(inputs: Properties): boolean {
    return text(inputs, "engineType").toLowerCase() === "rabbitmq";
}

function badRequest(operation: string, message: string): string {
    return `operation error mq: ${operation}, https response error StatusCode: 400, BadRequestException: ${message}`;
}

function users(inputs: Properties): Properties[] {
    return list(inputs, "users").filter(isObject);
}

/** A rule on the inputs of a RabbitMQ broker that AWS applies when it creates one. */
function onCreate(name: string, problem: (inputs: Properties) => string | undefined): Rule {
    return {
        name,
        type: BROKER,
        at: "create",
        refusal: ({ inputs }) => {
            const message = isRabbitmq(inputs) ? problem(inputs) : undefined;
            return message && badRequest("CreateBroker", message);
        },
    };
}

/** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-user.html and the provider's own validation. */
function passwordProblem(password: string): string | undefined {
    if (password.length < 12 || password.length > 250) {
        return `"users.password" must be 12 to 250 characters long; provided string length: ${password.length}`;
    }
    if (new Set(password).size < 4) {
        return '"users.password" must contain at least 4 unique characters';
    }
    return /[,:=]/.test(password)
        ? '"users.password" must not contain commas, colons or equal signs'
        : undefined;
}

function subnetProblem(inputs: Properties): string | undefined {
    const subnets = texts(inputs, "subnetIds").length;
    const mode = text(inputs, "deploymentMode") || "SINGLE_INSTANCE";
    if (mode === "SINGLE_INSTANCE" && subnets > 1) {
        return `Specify exactly one subnet for deployment mode [SINGLE_INSTANCE]. Number of subnets specified: [${subnets}].`;
    }
    return undefined;
}

function securityGroupsChanged({ inputs, olds }: RuleContext): boolean {
    const sorted = (of: Properties): string => texts(of, "securityGroups").sort().join();
    return olds !== undefined && sorted(olds) !== sorted(inputs);
}

/** Amazon MQ. */
export const mqRules: readonly Rule[] = [
    {
        name: "password characters",
        type: BROKER,
        at: "check",
        refusal: ({ inputs }) =>
            users(inputs)
                .map((user) => text(user, "password"))
                .filter((password) => password !== UNKNOWN)
                .map(passwordProblem)
                .find((problem) => problem !== undefined),
    },
    {
        name: "audit log",
        type: BROKER,
        at: "check",
        refusal: ({ inputs }) =>
            isRabbitmq(inputs) &&
            ["true", true].includes(block(inputs, "logs").audit as string | boolean)
                ? "logs.audit: Can not be configured when engine is RabbitMQ"
                : undefined,
    },
    onCreate("number of subnets", subnetProblem),
    onCreate("deployment mode", (inputs) =>
        text(inputs, "deploymentMode") === "ACTIVE_STANDBY_MULTI_AZ"
            ? "Deployment mode [ACTIVE_STANDBY_MULTI_AZ] is not supported for broker engine type [RABBITMQ]."
            : undefined,
    ),
    onCreate("instance type of a cluster", (inputs) =>
        text(inputs, "deploymentMode") === "CLUSTER_MULTI_AZ" &&
        text(inputs, "hostInstanceType") === "mq.t3.micro"
            ? "Broker host instance type [mq.t3.micro] is not supported for deployment mode [CLUSTER_MULTI_AZ]."
            : undefined,
    ),
    onCreate("instance type name", (inputs) =>
        /^mq\.[a-z]\d[a-z]*\.\d*(micro|small|medium|x?large)$/.test(
            text(inputs, "hostInstanceType"),
        )
            ? undefined
            : `Broker host instance type [${text(inputs, "hostInstanceType")}] is invalid.`,
    ),
    // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html
    onCreate("instance type of RabbitMQ 4", (inputs) =>
        text(inputs, "engineVersion").startsWith("4.") &&
        !text(inputs, "hostInstanceType").startsWith("mq.m7g.")
            ? `Broker host instance type [${text(inputs, "hostInstanceType")}] is not supported for broker engine type ` +
              `[RABBITMQ] version [${text(inputs, "engineVersion")}].`
            : undefined,
    ),
    onCreate("engine version", (inputs) =>
        RABBITMQ_VERSIONS.includes(text(inputs, "engineVersion"))
            ? undefined
            : `Broker engine version [${text(inputs, "engineVersion")}] is invalid for broker engine type [RABBITMQ]. ` +
              `Valid values: [${RABBITMQ_VERSIONS.join(", ")}]`,
    ),
    onCreate("minor upgrades", (inputs) =>
        inputs.autoMinorVersionUpgrade === true
            ? undefined
            : `Brokers on [RabbitMQ] version [${text(inputs, "engineVersion")}] must have [autoMinorVersionUpgrade] set to [true].`,
    ),
    onCreate("user guest", (inputs) =>
        users(inputs).some((user) => text(user, "username") === "guest")
            ? "The username [guest] is reserved and cannot be used."
            : undefined,
    ),
    onCreate("one user", (inputs) =>
        users(inputs).length === 1
            ? undefined
            : "Specify exactly one user when creating a RabbitMQ broker.",
    ),
    onCreate("security groups of a public broker", (inputs) =>
        inputs.publiclyAccessible === true && texts(inputs, "securityGroups").length > 0
            ? "Security groups are not supported for publicly accessible RabbitMQ brokers."
            : undefined,
    ),
    {
        name: "security groups in place",
        type: BROKER,
        at: "update",
        refusal: (context) =>
            isRabbitmq(context.inputs) && securityGroupsChanged(context)
                ? badRequest(
                      "UpdateBroker",
                      "Updating security groups is not supported for broker engine type [RABBITMQ].",
                  )
                : undefined,
    },
    {
        name: "smaller instance in place",
        type: BROKER,
        at: "update",
        refusal: ({ inputs, olds }) =>
            isRabbitmq(inputs) &&
            text(inputs, "hostInstanceType") === "mq.t3.micro" &&
            text(olds ?? {}, "hostInstanceType") !== "mq.t3.micro"
                ? badRequest(
                      "UpdateBroker",
                      `Downgrading from current instance type [${text(olds ?? {}, "hostInstanceType")}] to requested ` +
                          "instance type [mq.t3.micro] is not supported for RabbitMQ brokers.",
                  )
                : undefined,
    },
];
