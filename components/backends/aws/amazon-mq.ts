import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { brokersInCluster, publishesQueueMetrics } from "../../settings/limits/rabbitmq";
import { RabbitmqLocation, RabbitmqSettings } from "../../settings/settings";
import { BrokerStore } from "../backends";
import { Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { StoreBill, StoreMetrics } from "../store";
import { brokerCredentials } from "./broker-credentials";
import { guarded, ManagedStoreArgs, storePassword } from "./managed-store";
import { storeSecurityGroup } from "./store-security-group";

const AMQPS_PORT = 5671;
const MANAGEMENT_PORT = 443;
const HOUR_MS = 60 * 60 * 1000;

/**
 * An Amazon MQ broker for RabbitMQ in private subnets: AMQP and the management API by TLS only, `consumer_timeout` as
 * configured, general logs in CloudWatch (Amazon MQ makes the log groups), minor versions upgraded by AWS.
 *
 * AWS gives a RabbitMQ broker its user when it makes it, and never changes it: HySDS connects as that user, whatever
 * becomes of the settings and of the generated password, or as one with a password of its own in the settings. A new
 * deployment mode makes another broker beside it, of another name. Nothing else does.
 */
export class AmazonMq extends pulumi.ComponentResource implements BrokerStore {
    public readonly name = "rabbitmq";
    public readonly use = "broker";
    public readonly endpoint: Endpoint;
    public readonly management: Endpoint;
    public readonly backup: BrokerStore["backup"];
    public readonly metrics: StoreMetrics;
    public readonly rotation = "second-user";
    public readonly ready = [this];

    /** @param name the broker's name for a single instance; a cluster's is `<name>-cluster`; at most 50 characters */
    constructor(name: string, args: ManagedStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:AmazonMq", name, {}, opts);
        const { rabbitmq } = args.settings.backends;
        const generated = storePassword(name, args.settings, this);
        const broker = this.createBroker(name, args, rabbitmq.password ?? generated);
        const host = broker.instances.apply(([instance]) => hostOf(instance?.endpoints[0]));
        const credentials = brokerCredentials(broker, rabbitmq);
        this.endpoint = new Endpoint({ scheme: "amqps", host, port: AMQPS_PORT, credentials });
        this.management = new Endpoint({
            scheme: "https",
            host,
            port: MANAGEMENT_PORT,
            credentials,
        });
        this.backup = { method: "definitions", management: this.management };
        this.metrics = brokerMetrics(broker.brokerName, args.settings.backends.rabbitmq);
        this.registerOutputs({ origin: this.endpoint.origin() });
    }

    private createBroker(
        name: string,
        args: ManagedStoreArgs,
        password: pulumi.Output<string>,
    ): aws.mq.Broker {
        const { network, settings } = args;
        const { rabbitmq } = settings.backends;
        const configuration = this.createConfiguration(name, rabbitmq);
        const brokerName = rabbitmq.deploymentMode === "SINGLE_INSTANCE" ? name : `${name}-cluster`;
        return new aws.mq.Broker(
            brokerName,
            {
                brokerName,
                engineType: "RabbitMQ",
                engineVersion: rabbitmq.engineVersion,
                hostInstanceType: rabbitmq.instanceType,
                deploymentMode: rabbitmq.deploymentMode,
                publiclyAccessible: false,
                autoMinorVersionUpgrade: true,
                subnetIds: brokerSubnets(rabbitmq, network.privateSubnetIds),
                securityGroups: [this.createSecurityGroup(name, args).id],
                users: [{ username: rabbitmq.username, password }],
                configuration: {
                    id: configuration.id,
                    revision: configuration.latestRevision,
                },
                logs: { general: true },
                // A new consumer_timeout should hold when `pulumi up` says so, not after the next window.
                applyImmediately: true,
            },
            {
                parent: this,
                ...guarded(settings),
                // Subnets and groups cannot change in place, and a third zone or a renewed group is no reason to lose
                // all queues. Of its users the provider tells a RabbitMQ broker nothing after it has made it, so that
                // the state has to keep those.
                ignoreChanges: ["subnetIds", "securityGroups", "users"],
                customTimeouts: { create: "60m", update: "60m", delete: "60m" },
            },
        );
    }

    /** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configurable-values.html */
    private createConfiguration(name: string, rabbitmq: RabbitmqSettings): aws.mq.Configuration {
        return new aws.mq.Configuration(
            name,
            {
                description: "HySDS: jobs longer than 30 minutes keep their delivery",
                engineType: "RabbitMQ",
                engineVersion: rabbitmq.engineVersion,
                data: `consumer_timeout = ${rabbitmq.consumerTimeoutHours * HOUR_MS}\n`,
            },
            { parent: this },
        );
    }

    private createSecurityGroup(
        name: string,
        { network }: ManagedStoreArgs,
    ): aws.ec2.SecurityGroup {
        return storeSecurityGroup(
            name,
            { network, ports: [AMQPS_PORT, MANAGEMENT_PORT] },
            { parent: this },
        );
    }
}

/** Most that one RabbitMQ broker stores, GB; AWS bills what is stored. */
const BROKER_DISK_GB = 200;

/** An Amazon MQ broker. */
export const amazonMq: StoreMaker<Extract<RabbitmqLocation, { kind: "aws" }>, BrokerStore> = {
    create: ({ aws: { prefix, args }, aws: parent }) =>
        new AmazonMq(`${prefix}-rabbitmq`, args, { parent }),
    bills: ({ rabbitmq }): readonly StoreBill[] => {
        const brokers = brokersOf(rabbitmq);
        return [
            {
                name: "Amazon MQ for RabbitMQ",
                instances: "rabbitmq",
                type: rabbitmq.instanceType,
                count: brokers,
            },
            {
                name: "Amazon MQ storage",
                note: "billed by what is stored",
                units: "rabbitmqStorage",
                low: 0,
                high: brokers * BROKER_DISK_GB,
                quantity: () => `at most ${brokers} × ${BROKER_DISK_GB} GB`,
            },
        ];
    },
};

function brokerMetrics(
    Broker: pulumi.Output<string>,
    { engineVersion }: RabbitmqSettings,
): StoreMetrics {
    const perQueue = publishesQueueMetrics(engineVersion);
    return {
        cloudWatch: [{ watched: "broker", name: "", dimensions: { Broker }, perQueue }],
    };
}

function brokersOf({ deploymentMode }: RabbitmqSettings): number {
    return deploymentMode === "SINGLE_INSTANCE" ? 1 : brokersInCluster;
}

/** A single instance has one subnet, a cluster one for each of its nodes at most. */
function brokerSubnets(
    rabbitmq: RabbitmqSettings,
    subnetIds: pulumi.Output<string[]>,
): pulumi.Output<string[]> {
    return subnetIds.apply((ids) => ids.slice(0, brokersOf(rabbitmq)));
}

/** Of `amqps://b-….mq.us-west-2.amazonaws.com:5671`. */
function hostOf(endpoint: string | undefined): string {
    if (!endpoint) {
        throw new Error("Amazon MQ has created a broker without an endpoint.");
    }
    return new URL(endpoint).hostname;
}
