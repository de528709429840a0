import { beforeAll, describe, expect, it } from "vitest";
import { createBackends } from "../../../../components/backends";
import { Store } from "../../../../components/backends/store";
import { catalogue } from "../../../../components/hysds/catalog";
import { ALARMS } from "../../../../components/operations/observability/alarms";
import {
    AppliedAlarm,
    appliedAlarms,
} from "../../../../components/operations/observability/aws/cloudwatch-alarms";
import { subjects } from "../../../../components/operations/observability/watched";
import { createPlatform } from "../../../../components/platform";
import { registered } from "../../../support/mocks";
import { awsSettings, managedBackends } from "../../../support/settings";
import { Inputs, isDocumented, MetricReference, Stack } from "./support";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface AlarmInputs extends Inputs {
    readonly name: string;
    readonly namespace?: string;
    readonly metricName?: string;
    readonly dimensions?: Record<string, string>;
    readonly metricQueries?: readonly {
        readonly id: string;
        readonly metric?: {
            readonly namespace: string;
            readonly metricName: string;
            readonly dimensions: Record<string, string>;
        };
    }[];
    readonly threshold: number;
    readonly treatMissingData: string;
    readonly alarmActions: readonly string[];
    readonly okActions: readonly string[];
    readonly alarmDescription: string;
}

function alarmsOf(stack: Stack): readonly AlarmInputs[] {
    return stack.ofType(ALARM).map(({ inputs }) => inputs as AlarmInputs);
}

function references(alarm: AlarmInputs): MetricReference[] {
    const { namespace = "", metricName = "", dimensions = {} } = alarm;
    return alarm.metricQueries
        ? alarm.metricQueries.flatMap(({ metric }) =>
              metric
                  ? [
                        {
                            namespace: metric.namespace,
                            name: metric.metricName,
                            dimensions: metric.dimensions,
                        },
                    ]
                  : [],
          )
        : [{ namespace, name: metricName, dimensions }];
}

const FROM_LOGS = /^HySDS\//;

describe.each(["dev", "prod"])("the alarms of stack %s", (name) => {
    let stack: Stack;
    let alarms: readonly AlarmInputs[];

    beforeAll(async () => {
        stack = await Stack.of(name);
        alarms = alarmsOf(stack);
    });

    it("are about metrics that AWS publishes under these dimensions", () => {
        const wrong = alarms
            .flatMap(references)
            .filter(({ namespace }) => !FROM_LOGS.test(namespace))
            .filter((reference) => !isDocumented(reference));
        expect(wrong).toEqual([]);
    });

    it("are about metrics that the stack's own filters make, where AWS has none", () => {
        const made = stack
            .ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter")
            .map(({ inputs }) => inputs.metricTransformation as { name: string; namespace: string })
            .map((metric) => `${metric.namespace} ${metric.name}`);
        const used = alarms
            .flatMap(references)
            .filter(({ namespace }) => FROM_LOGS.test(namespace))
            .map((metric) => `${metric.namespace} ${metric.name}`);
        expect(used.length).toBeGreaterThan(0);
        expect(made).toEqual(expect.arrayContaining(used));
    });

    it("are about resources of this stack, and about all of them", () => {
        const values = (dimension: string): string[] => [
            ...new Set(
                alarms
                    .flatMap(references)
                    .flatMap(({ dimensions }) => dimensions[dimension] ?? [])
                    .sort(),
            ),
        ];
        const inputsOf = (type: string): readonly Inputs[] =>
            stack.ofType(type).map(({ inputs }) => inputs);
        const named = (type: string, property: string): unknown[] =>
            inputsOf(type)
                .map((inputs) => inputs[property])
                .sort();
        expect(values("Broker")).toEqual(named("aws:mq/broker:Broker", "brokerName"));
        expect(values("DomainName")).toEqual(named("aws:opensearch/domain:Domain", "domainName"));
        expect(values("ClusterName")).toEqual(named("eks:index:Cluster", "name"));
        expect(values("CacheClusterId")).toEqual(
            stack.resources
                .filter(({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup")
                .flatMap(({ outputs }) => outputs.memberClusters as string[])
                .sort(),
        );
    });

    it("watch every queue that a worker of the stack consumes", () => {
        const watched = alarms
            .filter(({ name: alarm }) => alarm.includes("queue-without-consumers"))
            .flatMap(references)
            .map(({ dimensions }) => dimensions.Queue);
        const consumed = stack
            .ofType("kubernetes:apps/v1:Deployment")
            .map(({ inputs }) =>
                /-Q,([\w-]+)|"-Q","([\w-]+)"|--queues=([\w-]+)/.exec(JSON.stringify(inputs)),
            )
            .flatMap((match) => (match ? [match[1] ?? match[2] ?? match[3]] : []));
        expect(consumed.length).toBeGreaterThan(5);
        expect([...new Set(watched)]).toEqual(expect.arrayContaining(consumed));
    });

    it("tell the topic of their beginning and of their end, and what to do first", () => {
        expect(stack.ofType("aws:sns/topic:Topic").map((topic) => topic.name)).toEqual([
            `hysds-${name}-alarms`,
        ]);
        for (const alarm of alarms) {
            expect(alarm.alarmActions).toHaveLength(1);
            expect(alarm.alarmActions[0]).toContain(`hysds-${name}-alarms`);
            expect(alarm.okActions).toEqual(alarm.alarmActions);
            expect(alarm.alarmDescription).toMatch(/^\[(critical|warning)\] .+ First: .+/);
            // The API takes 1024 characters.
            expect(alarm.alarmDescription.length).toBeLessThan(1024);
        }
    });

    it("have a name each", () => {
        const names = alarms.map((alarm) => alarm.name);
        expect(new Set(names).size).toBe(names.length);
    });
});

/** Alarms of a stack on AWS, without evaluating it. */
async function applied(
    changes: Parameters<typeof managedBackends>[0] = {},
): Promise<readonly AppliedAlarm[]> {
    const settings = awsSettings({
        backends: managedBackends(changes),
        observability: { ...awsSettings().observability, monitoring: "cloudwatch" },
    });
    const workloads = catalogue(settings);
    let stores: readonly Store[] = [];
    await registered(() => {
        ({ stores } = createBackends(settings, createPlatform(settings)));
    });
    return appliedAlarms(settings, subjects({ settings, stores, workloads }));
}

describe("thresholds follow the sizes of the settings", () => {
    it.each<[string, Parameters<typeof managedBackends>[0], number]>([
        ["search-storage-search", { search: { volumeGiB: 200 } }, 0.25 * 200 * 1024],
        ["search-nodes-search", { search: { instanceCount: 6, dedicatedMasterCount: 3 } }, 9],
        ["broker-connections", { rabbitmq: { instanceType: "mq.m7g.xlarge" } }, 8000],
        ["redis-cpu-redis-1", { redis: { nodeType: "cache.r7g.large" } }, 45],
        ["redis-engine-cpu-redis-1", { redis: { nodeType: "cache.r7g.xlarge" } }, 90],
        ["queue-backlog-jobs_processed", {}, 32 * 200],
    ])("%s with %o is %d", async (name, changes, expected) => {
        const alarms = await applied({
            ...changes,
            search: { layout: "shared", ...changes?.search },
        });
        const found = alarms.find((alarm) => alarm.name === name);
        expect(found?.threshold).toBe(expected);
    });
});

describe("what cannot be watched is not", () => {
    const names = async (changes: Parameters<typeof managedBackends>[0]): Promise<string[]> =>
        (await applied(changes)).map(({ name }) => name);

    it("queues one by one with RabbitMQ 4, which has no metrics of them", async () => {
        const watched = await names({ rabbitmq: { engineVersion: "4.2" } });
        expect(watched.filter((name) => name.startsWith("queue-"))).toEqual([]);
        expect(watched).toContain("broker-without-consumers");
    });

    it("replicas and masters that there are none of", async () => {
        const watched = await names({
            search: { layout: "shared", instanceCount: 1, dedicatedMasterCount: 0 },
            redis: { nodeCount: 1 },
        });
        expect(watched).toContain("search-red-search");
        expect(watched.filter((name) => /yellow|master|replication|redis-2/.test(name))).toEqual(
            [],
        );
    });

    it("anything without monitoring", async () => {
        const stack = await Stack.of("prod", {
            "hysds:monitoring": "none",
            "hysds:containerLogs": "none",
        });
        const types = stack.resources.map(({ type }) => type);
        expect(types.filter((type) => /metricAlarm|sns|dashboard|logMetric/i.test(type))).toEqual(
            [],
        );
        const addOns = stack.ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs.addonName);
        expect(addOns).not.toContain("amazon-cloudwatch-observability");
    });
});

describe("with recipients and a certificate", () => {
    const certificate =
        "arn:aws:acm:us-west-2:123456789012:certificate/12345678-1234-1234-1234-123456789012";
    const topic = "hysds-prod-alarms";
    let stack: Stack;

    beforeAll(async () => {
        stack = await Stack.of("prod", {
            "hysds:alarmEmails": '["ops@example.org","night@example.org"]',
            "hysds:domain": "hysds.example.org",
            "hysds:tls": "acm",
            "hysds:certificateArn": certificate,
        });
    });

    it("its expiry stays an alarm when the metric ends with it", () => {
        expect(stack.one(ALARM, "hysds-prod-certificate-expiry")).toMatchObject({
            dimensions: { CertificateArn: certificate },
            threshold: 44,
            treatMissingData: "ignore",
        });
    });

    it("the topic is encrypted by a key that CloudWatch may use", () => {
        expect(stack.one("aws:sns/topic:Topic", topic).kmsMasterKeyId).toBe(`${topic}-id`);
        const key = JSON.parse(stack.one("aws:kms/key:Key", topic).policy as string) as Policy;
        expect(key.Statement).toContainEqual(
            expect.objectContaining({
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            }),
        );
    });

    it("the topic is open to alarms of the account alone", () => {
        const policy = stack.one("aws:sns/topicPolicy:TopicPolicy", topic).policy as string;
        expect((JSON.parse(policy) as Policy).Statement).toEqual([
            expect.objectContaining({
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Condition: {
                    StringEquals: { "aws:SourceAccount": "123456789012" },
                    ArnLike: {
                        "aws:SourceArn": "arn:aws:cloudwatch:us-west-2:123456789012:alarm:*",
                    },
                },
            }),
        ]);
    });

    it("each recipient is subscribed", () => {
        const endpoints = stack
            .ofType("aws:sns/topicSubscription:TopicSubscription")
            .map(({ inputs }) => inputs.endpoint);
        expect(endpoints).toEqual(["ops@example.org", "night@example.org"]);
    });
});

interface Policy {
    readonly Statement: readonly Record<string, unknown>[];
}

describe("the rows", () => {
    it.each(ALARMS.map((row) => [row.name, row] as const))(
        "%s say where they come from",
        (_, row) => {
            expect(row.source).toMatch(/^https:\/\//);
            expect(row.cloudwatch ?? row.prometheus).toBeDefined();
            expect(row.cloudwatch?.missingBecause).not.toBe("");
        },
    );
});
