import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { createBackends } from "../../../components/backends";
import { Backends } from "../../../components/backends/backends";
import { createPlatform } from "../../../components/platform";
import { Settings } from "../../../components/settings/settings";
import { Registered, registered } from "../../support/mocks";
import { awsPlatform, awsSettings, managedBackends } from "../../support/settings";

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const BROKER = "aws:mq/broker:Broker";
const DOMAIN = "aws:opensearch/domain:Domain";

interface Built {
    readonly stack: Registered;
    readonly backends: Backends;
}

async function build(settings: Settings): Promise<Built> {
    let backends: Backends | undefined;
    const stack = await registered(() => {
        backends = createBackends(settings, createPlatform(settings));
    });
    if (!backends) {
        throw new Error("createBackends did not run");
    }
    return { stack, backends };
}

function buildWith(changes: Parameters<typeof managedBackends>[0]): Promise<Built> {
    return build(awsSettings({ backends: managedBackends(changes) }));
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => void output.apply(resolve));
}

describe("managed backends of a protected, redundant stack", () => {
    let built: Built;

    beforeAll(async () => {
        built = await build(awsSettings());
    });

    it("hands out TLS endpoints with credentials", async () => {
        const { broker, brokerManagement, resultStore, metricsStore } = built.backends;
        expect(await valueOf(broker.origin())).toBe(
            "amqps://b-hysds-prod-rabbitmq-cluster.mq.us-west-2.simulated:5671",
        );
        expect(await valueOf(brokerManagement.origin())).toBe(
            "https://b-hysds-prod-rabbitmq-cluster.mq.us-west-2.simulated:443",
        );
        expect(await valueOf(resultStore.origin())).toBe(
            "rediss://master.hysds-prod-redis.cache.simulated:6379",
        );
        expect(await valueOf(metricsStore.origin())).toBe(
            "rediss://master.hysds-prod-redis-metrics.cache.simulated:6379",
        );
        for (const endpoint of [broker, brokerManagement, resultStore, metricsStore]) {
            expect(endpoint.credentials).toBeDefined();
            expect(await pulumi.isSecret(endpoint.resolved())).toBe(true);
        }
    });

    it("never shows a password outside a secret", () => {
        const { all } = built.stack;
        expect(all.filter(({ type }) => type.includes("RandomPassword")).length).toBe(3);
        expect(JSON.stringify(all)).not.toContain("simulated-secret");
    });

    it.each([
        ["hysds-prod-redis", [6379]],
        ["hysds-prod-redis-metrics", [6379]],
        ["hysds-prod-rabbitmq", [5671, 443]],
        ["hysds-prod-mozart", [443]],
        ["hysds-prod-grq", [443]],
        ["hysds-prod-metrics", [443]],
    ])("admits to %s the pods' security group on %j, and nobody else", (name, ports) => {
        const rules = built.stack
            .ofType(RULE)
            .filter(({ inputs }) => inputs.securityGroupId === `${name}-id`);
        expect(rules.map(({ inputs }) => [inputs.fromPort, inputs.toPort])).toEqual(
            ports.map((port) => [port, port]),
        );
        for (const { inputs } of rules) {
            expect(inputs.referencedSecurityGroupId).toBe("hysds-prod-pods-id");
            expect(inputs).not.toHaveProperty("cidrIpv4");
        }
        const group = built.stack.inputs("aws:ec2/securityGroup:SecurityGroup", name);
        expect(group).not.toHaveProperty("ingress");
    });

    it("runs Redis without eviction, with TLS, failover and snapshots", () => {
        expect(built.stack.inputs(REPLICATION_GROUP, "hysds-prod-redis")).toMatchObject({
            engine: "valkey",
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            atRestEncryptionEnabled: true,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            numCacheClusters: 2,
            snapshotRetentionLimit: 7,
        });
        expect(
            built.stack.inputs("aws:elasticache/parameterGroup:ParameterGroup", "hysds-prod-redis"),
        ).toMatchObject({
            family: "valkey8",
            parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
        });
    });

    it("runs RabbitMQ privately, one node a zone, with a consumer timeout beyond the longest job", () => {
        expect(built.stack.inputs(BROKER)).toMatchObject({
            deploymentMode: "CLUSTER_MULTI_AZ",
            publiclyAccessible: false,
            autoMinorVersionUpgrade: true,
            logs: { general: true },
        });
        expect(built.stack.inputs(BROKER).subnetIds).toHaveLength(3);
        expect(built.stack.inputs("aws:mq/configuration:Configuration").data).toBe(
            "consumer_timeout = 172800000\n",
        );
    });

    it("runs search domains in the VPC, encrypted everywhere, zone by zone", () => {
        for (const use of ["mozart", "grq", "metrics"]) {
            const domain = built.stack.inputs(DOMAIN, `hysds-prod-${use}`);
            expect(domain).toMatchObject({
                engineVersion: "Elasticsearch_7.10",
                encryptAtRest: { enabled: true },
                nodeToNodeEncryption: { enabled: true },
                domainEndpointOptions: { enforceHttps: true },
                ebsOptions: { volumeType: "gp3", volumeSize: 100 },
                clusterConfig: {
                    zoneAwarenessEnabled: true,
                    zoneAwarenessConfig: { availabilityZoneCount: 3 },
                    dedicatedMasterCount: 3,
                },
                autoTuneOptions: { desiredState: "ENABLED" },
            });
            expect((domain.vpcOptions as { subnetIds: string[] }).subnetIds).toHaveLength(3);
        }
    });

    it("lets the domain's own signing proxy in, and no other principal", () => {
        const { accessPolicies } = built.stack.inputs(
            "aws:opensearch/domainPolicy:DomainPolicy",
            "hysds-prod-grq",
        );
        const policy = JSON.parse(accessPolicies as string) as { Statement: unknown[] };
        expect(policy.Statement).toEqual([
            {
                Effect: "Allow",
                Principal: {
                    AWS: built.stack.one("aws:iam/role:Role", "hysds-prod-grq-search-proxy").outputs
                        .arn,
                },
                Action: "es:ESHttp*",
                Resource: "arn:aws:opensearch:us-west-2:123456789012:hysds-prod-grq/*",
            },
        ]);
    });

    it("protects what holds data, and keeps it when it leaves the program", () => {
        const stores = [REPLICATION_GROUP, BROKER, DOMAIN].flatMap((type) =>
            built.stack.ofType(type),
        );
        expect(stores).toHaveLength(6);
        for (const { options, urn } of stores) {
            expect(options, urn).toMatchObject({ protect: true, retainOnDelete: true });
        }
    });

    it("creates stores beside the cluster, not after it", () => {
        const cluster = built.stack.one("eks:index:Cluster");
        for (const type of [REPLICATION_GROUP, BROKER, DOMAIN]) {
            for (const store of built.stack.ofType(type)) {
                expect(built.stack.ancestors(store), store.urn).not.toContain(cluster.urn);
            }
        }
        expect(built.stack.ancestors(cluster).has(built.stack.one(BROKER).urn)).toBe(false);
    });

    it("gives domains time for a blue/green deployment", () => {
        expect(built.stack.ofType(DOMAIN)[0]?.options.customTimeouts).toMatchObject({
            create: "90m",
            update: "180m",
        });
    });

    it("tags every store", () => {
        const taggable = built.stack.all.filter(({ type }) =>
            /^aws:(elasticache|mq|opensearch|cloudwatch\/logGroup).*(?<!Policy)$/.test(type),
        );
        expect(taggable.length).toBeGreaterThan(15);
        for (const { inputs, urn } of taggable) {
            expect(inputs.tags, urn).toMatchObject({ project: "hysds" });
        }
    });
});

describe("physical names", () => {
    it("do not depend on anything but the name prefix", async () => {
        const { cluster } = awsPlatform();
        const platform = awsPlatform({ cluster: { ...cluster, endpointPublicAccess: true } });
        const { stack } = await build(
            awsSettings({ namePrefix: "hysds-twenty-chars12", platform }),
        );
        const names = (type: string, field: string): unknown[] =>
            stack.ofType(type).map(({ inputs }) => inputs[field]);
        expect(names(REPLICATION_GROUP, "replicationGroupId")).toEqual([
            "hysds-twenty-chars12-redis",
            "hysds-twenty-chars12-redis-metrics",
        ]);
        expect(names(BROKER, "brokerName")).toEqual(["hysds-twenty-chars12-rabbitmq-cluster"]);
        const domains = names(DOMAIN, "domainName") as string[];
        expect(domains.sort()).toEqual([
            "hysds-twenty-chars12-grq",
            "hysds-twenty-chars12-metrics",
            "hysds-twenty-chars12-mozart",
        ]);
        expect(Math.max(...domains.map((name) => name.length))).toBeLessThanOrEqual(28);
    });
});

describe("a shared layout", () => {
    it("has one store for all, under the name that the result store keeps", async () => {
        const { stack, backends } = await buildWith({
            redis: { layout: "shared" },
            search: { layout: "shared" },
        });
        expect(stack.one(REPLICATION_GROUP).name).toBe("hysds-prod-redis");
        expect(backends.metricsStore).toBe(backends.resultStore);
        expect(stack.one(DOMAIN).name).toBe("hysds-prod-search");
        expect(backends.search.grq).toBe(backends.search.mozart);
        expect(backends.search.metrics).toBe(backends.search.mozart);
    });
});

describe("a small stack", () => {
    it("has single nodes in single subnets", async () => {
        const { stack } = await buildWith({
            redis: { nodeCount: 1, automaticFailover: false },
            rabbitmq: { deploymentMode: "SINGLE_INSTANCE", instanceType: "mq.t3.micro" },
            search: {
                instanceType: "t3.small.search",
                instanceCount: 1,
                availabilityZones: 1,
                dedicatedMasterCount: 0,
                layout: "shared",
            },
        });
        expect(stack.inputs(REPLICATION_GROUP, "hysds-prod-redis")).toMatchObject({
            automaticFailoverEnabled: false,
            multiAzEnabled: false,
        });
        expect(stack.inputs(BROKER)).toMatchObject({
            brokerName: "hysds-prod-rabbitmq",
            subnetIds: ["subnet-private-1"],
        });
        const domain = stack.inputs(DOMAIN);
        expect(domain).toMatchObject({
            clusterConfig: { zoneAwarenessEnabled: false, dedicatedMasterEnabled: false },
            vpcOptions: { subnetIds: ["subnet-private-1"] },
            autoTuneOptions: { desiredState: "DISABLED" },
        });
        expect(domain.clusterConfig).not.toHaveProperty("zoneAwarenessConfig");
    });
});

describe("an unprotected stack", () => {
    it("can be destroyed", async () => {
        const { stack } = await build(awsSettings({ protect: false }));
        expect(
            stack.all
                .filter(({ options }) => options.protect || options.retainOnDelete)
                .map(({ name }) => name),
            // EKS would make it again.
        ).toEqual(["hysds-prod-control-plane"]);
    });
});

describe("managed backends outside AWS", () => {
    it("are refused", async () => {
        await expect(
            build(awsSettings({ platform: { kind: "existing", clusterDomain: "cluster.local" } })),
        ).rejects.toThrow("Managed backends need hysds:platform to be aws.");
    });
});
