import { describe, expect, it } from "vitest";
import { INSTALLATION_KEY } from "../../../contract/installation-file";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { Overrides } from "../../../workshop/plan/stack-configuration";
import { evaluated } from "../../support/evaluated";
import { EXTERNAL_BROKER, EXTERNAL_REDIS, EXTERNAL_SEARCH } from "../../support/external-stores";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const BROKER = "aws:mq/broker:Broker";
const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const DOMAIN = "aws:opensearch/domain:Domain";

/** What makes a stack's stores: services of AWS and StatefulSets. */
function made({ resources }: Evaluation): string[] {
    return resources
        .filter(({ type }) => [STATEFUL_SET, BROKER, REPLICATION_GROUP, DOMAIN].includes(type))
        .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`)
        .sort();
}

function secretText(stack: Evaluation, name: string, key: string): string {
    const secret = stack.resources.find((resource) => resource.name === name);
    const { stringData } = reveal(secret?.inputs) as { stringData: Record<string, string> };
    return stringData[key] ?? "";
}

function configurationText(stack: Evaluation): string {
    return JSON.stringify(
        stack.resources
            .filter(({ name }) => name.startsWith("hysds-configuration"))
            .map(({ inputs }) => reveal(inputs)),
    );
}

function cronJobs({ resources }: Evaluation): string[] {
    return resources
        .filter(({ type }) => type === "kubernetes:batch/v1:CronJob")
        .map(({ name }) => name)
        .filter((name) => /^(backup|restore)-/.test(name))
        .sort();
}

function alarmsOf({ resources }: Evaluation, namespace: string): number {
    return resources.filter(
        ({ type, inputs }) =>
            type === "aws:cloudwatch/metricAlarm:MetricAlarm" &&
            JSON.stringify(reveal(inputs)).includes(namespace),
    ).length;
}

describe("each store is where its own setting says", () => {
    it.each<[string, string, Overrides, string[]]>([
        [
            "an external search cluster beside a broker and a Redis of AWS",
            "dev",
            EXTERNAL_SEARCH,
            ["Broker hysds-dev-rabbitmq", "ReplicationGroup hysds-dev-redis"],
        ],
        [
            "a Redis in the cluster beside stores of AWS",
            "dev",
            { "hysds:redis": "in-cluster" },
            [
                "Broker hysds-dev-rabbitmq",
                "Domain hysds-dev-search",
                "StatefulSet stores-redis-pods",
            ],
        ],
        [
            "an external broker beside stores in the cluster",
            "local",
            EXTERNAL_BROKER,
            [
                "StatefulSet stores-object-store-pods",
                "StatefulSet stores-redis-pods",
                "StatefulSet stores-search-pods",
            ],
        ],
    ])("%s", async (_, stack, overrides, expected) => {
        expect(made(await evaluated(stack, overrides))).toEqual(expected);
    });

    it("makes none where all three are there already", async () => {
        const stack = await evaluated("dev", {
            ...EXTERNAL_BROKER,
            ...EXTERNAL_REDIS,
            ...EXTERNAL_SEARCH,
            "hysds:backups": "false",
        });
        expect(made(stack)).toEqual([]);
    });
});

describe("an external store", () => {
    it("is what HySDS's configuration names, by TLS and with its credentials", async () => {
        const stack = await evaluated("dev", {
            ...EXTERNAL_BROKER,
            ...EXTERNAL_REDIS,
            ...EXTERNAL_SEARCH,
            "hysds:backups": "false",
        });
        const text = configurationText(stack);
        const password = (key: string): string => `encrypted-value-of-hysds:${key}`;
        const encoded = (key: string): string => encodeURIComponent(password(key));
        expect(text).toContain(
            `amqps://hysds:${encoded("brokerPassword")}@rabbitmq.example.org:5671`,
        );
        expect(text).toContain(`rediss://:${encoded("redisPassword")}@redis.example.org:6380/0`);
        expect(text).toContain("https://search.example.org:9243");
        expect(text).toContain(password("searchPassword"));
        expect(text).not.toContain(".amazonaws.com:9200");
    });

    it("has its password in Secrets alone", async () => {
        const stack = await evaluated("dev", EXTERNAL_REDIS);
        const shown = JSON.stringify(stack.resources.map(({ inputs }) => inputs));
        expect(shown).not.toContain("encrypted-value-of-hysds:redisPassword");
        expect(JSON.stringify(stack.outputs)).not.toContain("encrypted-value");
    });

    it("is reached through the stack's network policies, which limit who comes in alone", async () => {
        const { resources } = await evaluated("dev", EXTERNAL_REDIS);
        const policies = resources.filter(
            ({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        );
        expect(policies.length).toBeGreaterThan(10);
        for (const { inputs } of policies) {
            expect(reveal(inputs)).toMatchObject({ spec: { policyTypes: ["Ingress"] } });
        }
    });

    it("is its owner's to back up and to watch, and the stack says so", async () => {
        const stack = await evaluated("dev", EXTERNAL_REDIS);
        expect(cronJobs(stack)).toEqual(["backup-rabbitmq", "backup-search"]);
        expect(alarmsOf(stack, "AWS/ElastiCache")).toBe(0);
        expect(alarmsOf(stack, "AWS/AmazonMQ")).toBeGreaterThan(0);
        const { stores } = reveal(stack.outputs) as {
            stores: Record<string, Record<string, string>>;
        };
        expect(stores.redis).toMatchObject({
            address: "rediss://redis.example.org:6380",
            backups: "its owner's, and not this stack's",
            alarms: "its owner's, and not this stack's",
        });
        expect(stores.rabbitmq?.backups).toBe("its definitions, by this stack");
        const file = JSON.parse(
            secretText(stack, "operations-relay-installation", INSTALLATION_KEY),
        ) as { external: string[] };
        expect(file.external).toEqual(["redis"]);
    });

    it("has no exporter, and no alert that would read its metrics", async () => {
        const stack = await evaluated("dev", {
            ...EXTERNAL_REDIS,
            "hysds:monitoring": "prometheus",
        });
        const names = stack.resources.map(({ name }) => name);
        expect(names).toContain("search-exporter");
        expect(names).not.toContain("redis-exporter");
        const rules = stack.resources.find(({ name }) => name === "hysds-alerts");
        expect(JSON.stringify(rules?.inputs)).not.toMatch(/redis_/);
    });
});
