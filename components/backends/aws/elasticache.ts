import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { takesTransitEncryptionMode } from "../../settings/limits/redis";
import { RedisLocation, RedisSettings } from "../../settings/settings";
import { RedisStores } from "../backends";
import { Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { distinct, redisUses, StoreNames } from "../layouts";
import { Store, StoreBill, StoreMetrics } from "../store";
import { guarded, ManagedStoreArgs, storePassword } from "./managed-store";
import { storeSecurityGroup } from "./store-security-group";

const PORT = 6379;

/**
 * An ElastiCache replication group, Redis OSS or Valkey, in private subnets: cluster mode off (Celery and Logstash do
 * not speak Redis Cluster), TLS and AUTH required, encrypted at rest, `noeviction` because it holds queues, snapshots
 * and automatic failover as configured, its slow log in CloudWatch.
 *
 * Changes are applied immediately: otherwise Pulumi would call a change done that waits for the maintenance window, and
 * propose it again at each run until then. Whoever runs `pulumi up` chooses the time.
 */
export class ElastiCache extends pulumi.ComponentResource implements Store {
    public readonly name: string;
    public readonly use = "redis";
    public readonly endpoint: Endpoint;
    public readonly backup = { method: "own-snapshots" } as const;
    public readonly metrics: StoreMetrics;
    public readonly rotation = "replaced-password";
    public readonly ready = [this];

    /** @param name the replication group's id, at most 40 characters */
    constructor(
        name: string,
        args: ManagedStoreArgs & { readonly names: StoreNames },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:ElastiCache", name, {}, opts);
        this.name = args.names.name;
        const password = storePassword(name, args.settings, this);
        const group = this.createReplicationGroup(name, args, password);
        this.metrics = cacheMetrics(args.names, args.settings.backends.redis, group);
        this.endpoint = new Endpoint({
            scheme: "rediss",
            host: group.primaryEndpointAddress,
            port: PORT,
            credentials: { password },
        });
        this.registerOutputs({ origin: this.endpoint.origin() });
    }

    private createReplicationGroup(
        name: string,
        args: ManagedStoreArgs,
        authToken: pulumi.Output<string>,
    ): aws.elasticache.ReplicationGroup {
        return new aws.elasticache.ReplicationGroup(
            name,
            {
                ...sizing(args.settings.backends.redis),
                replicationGroupId: name,
                description: "HySDS job results, status and metrics",
                port: PORT,
                parameterGroupName: this.createParameterGroup(name, args).name,
                subnetGroupName: this.createSubnetGroup(name, args).name,
                securityGroupIds: [this.createSecurityGroup(name, args).id],
                transitEncryptionEnabled: true,
                ...(takesTransitEncryptionMode(args.settings.backends.redis.engineVersion)
                    ? { transitEncryptionMode: "required" }
                    : {}),
                atRestEncryptionEnabled: true,
                authToken,
                // Old and new token are both valid while pods restart with the new one.
                authTokenUpdateStrategy: "ROTATE",
                autoMinorVersionUpgrade: true,
                applyImmediately: true,
                logDeliveryConfigurations: [
                    {
                        logType: "slow-log",
                        logFormat: "json",
                        destinationType: "cloudwatch-logs",
                        destination: this.createLogGroup(name, args).name,
                    },
                ],
            },
            {
                parent: this,
                ...guarded(args.settings),
                customTimeouts: { create: "60m", update: "90m", delete: "60m" },
            },
        );
    }

    private createParameterGroup(
        name: string,
        { settings }: ManagedStoreArgs,
    ): aws.elasticache.ParameterGroup {
        return new aws.elasticache.ParameterGroup(
            name,
            {
                description: "HySDS: a full queue refuses writes instead of losing entries",
                family: parameterGroupFamily(settings.backends.redis),
                parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
            },
            { parent: this },
        );
    }

    private createSubnetGroup(
        name: string,
        { network }: ManagedStoreArgs,
    ): aws.elasticache.SubnetGroup {
        return new aws.elasticache.SubnetGroup(
            name,
            { description: "HySDS private subnets", subnetIds: network.privateSubnetIds },
            { parent: this },
        );
    }

    private createSecurityGroup(
        name: string,
        { network }: ManagedStoreArgs,
    ): aws.ec2.SecurityGroup {
        return storeSecurityGroup(name, { network, ports: [PORT] }, { parent: this });
    }

    private createLogGroup(
        name: string,
        { logRetentionDays }: ManagedStoreArgs,
    ): aws.cloudwatch.LogGroup {
        return new aws.cloudwatch.LogGroup(
            `${name}-slow-log`,
            {
                // Under this prefix AWS needs no resource policy of ours, of which an account has ten in a region.
                name: `/aws/vendedlogs/elasticache/${name}/slow-log`,
                retentionInDays: logRetentionDays,
            },
            { parent: this },
        );
    }
}

/** An ElastiCache replication group, or one each for results and metrics. */
export const elastiCache: StoreMaker<Extract<RedisLocation, { kind: "aws" }>, RedisStores> = {
    create: ({ aws: { prefix, args }, aws: parent, settings }) =>
        redisUses(
            settings.backends.redis.layout,
            (names) => new ElastiCache(`${prefix}-${names.label}`, { ...args, names }, { parent }),
        ),
    bills: ({ redis }): readonly StoreBill[] => [
        {
            name: `ElastiCache for ${redis.engine === "valkey" ? "Valkey" : "Redis OSS"}`,
            instances: redis.engine,
            type: redis.nodeType,
            count: distinct(redisUses(redis.layout, ({ name }) => name)).length * redis.nodeCount,
        },
    ],
};

/** CloudWatch knows nodes: the cache clusters `<group>-001` and so on. ElastiCache has no CONFIG command. */
function cacheMetrics(
    { label }: StoreNames,
    { nodeCount }: RedisSettings,
    { memberClusters }: aws.elasticache.ReplicationGroup,
): StoreMetrics {
    const nodes = memberClusters.apply((members) => [...members].sort());
    return {
        cloudWatch: Array.from({ length: nodeCount }, (_, index) => ({
            watched: "cache-node",
            name: `${label}-${index + 1}`,
            dimensions: { CacheClusterId: nodes.apply((names) => names[index] ?? "") },
        })),
        exporter: { name: label, hidesConfiguration: true },
    };
}

function sizing(redis: RedisSettings): Partial<aws.elasticache.ReplicationGroupArgs> {
    return {
        engine: redis.engine,
        engineVersion: redis.engineVersion,
        nodeType: redis.nodeType,
        numCacheClusters: redis.nodeCount,
        automaticFailoverEnabled: redis.automaticFailover,
        // A replica in the primary's zone would be lost with it.
        multiAzEnabled: redis.automaticFailover,
        snapshotRetentionLimit: redis.snapshotRetentionDays,
    };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
function parameterGroupFamily({ engine, engineVersion }: RedisSettings): string {
    const major = engineVersion.split(".")[0];
    return engine === "redis" && major === "6" ? "redis6.x" : `${engine}${major}`;
}
