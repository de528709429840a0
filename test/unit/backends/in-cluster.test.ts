import { beforeAll, describe, expect, it } from "vitest";
import { reveal } from "../../../workshop/plan/secret";
import { SIMULATED_SECRET } from "../../../workshop/plan/simulated-outputs";
import {
    BuiltStores,
    buildStores,
    ELASTICSEARCH,
    OPENSEARCH,
    STATEFUL_SET,
    statefulSet,
    storeContainer,
} from "../../support/in-cluster";
import { admitted, leaks, secretFile, valueOf } from "../../support/kubernetes-objects";
import { createManifestCheck } from "../../support/manifest-check";

describe("stores in the cluster, separate", () => {
    let built: BuiltStores;
    const stores = [
        "rabbitmq",
        "redis-metrics",
        "redis-mozart",
        "search-grq",
        "search-metrics",
        "search-mozart",
    ];

    beforeAll(async () => {
        built = await buildStores(OPENSEARCH);
    });

    it("makes one StatefulSet for each store", () => {
        const names = built.stack
            .ofType(STATEFUL_SET)
            .map(({ inputs }) => (inputs as { metadata: { name: string } }).metadata.name);
        expect(names.sort()).toEqual(stores);
    });

    it("hands out endpoints with credentials at the Services' names", async () => {
        const { broker, brokerManagement, resultStore, metricsStore, search } = built.backends;
        const origins = await Promise.all(
            [
                broker,
                brokerManagement,
                resultStore,
                metricsStore,
                search.mozart,
                search.grq,
                search.metrics,
            ].map((endpoint) => valueOf(endpoint.origin())),
        );
        expect(origins).toEqual([
            "amqp://rabbitmq.hysds-stores.svc:5672",
            "http://rabbitmq.hysds-stores.svc:15672",
            "redis://redis-mozart.hysds-stores.svc:6379",
            "redis://redis-metrics.hysds-stores.svc:6379",
            "http://search-mozart.hysds-stores.svc:9200",
            "http://search-grq.hysds-stores.svc:9200",
            "http://search-metrics.hysds-stores.svc:9200",
        ]);
        expect((await valueOf(broker.resolved())).url).toMatch(
            /^amqp:\/\/science:[^@]*stores-rabbitmq/,
        );
        expect((await valueOf(resultStore.resolved())).url).toMatch(
            /^redis:\/\/:[^@]*stores-redis-mozart/,
        );
        expect((await valueOf(search.grq.resolved())).url).toMatch(
            /^http:\/\/hysds:[^@]*stores-search-grq/,
        );
    });

    it("makes HySDS wait for every store", () => {
        expect(built.backends.ready).toHaveLength(stores.length);
    });

    it("shows no password outside of Secrets", () => {
        expect(leaks(built.stack, SIMULATED_SECRET)).toEqual([]);
    });

    it("admits the pods of HySDS only, and the management API from services only", () => {
        expect(admitted(built.stack, "rabbitmq")).toEqual([
            "hysds-jobs:5672",
            "hysds:15672",
            "hysds:5672",
        ]);
        expect(admitted(built.stack, "redis-mozart")).toEqual(["hysds-jobs:6379", "hysds:6379"]);
        expect(admitted(built.stack, "search-grq")).toEqual(["hysds-jobs:9200", "hysds:9200"]);
    });

    it("runs without privileges and with a read-only root, the preparation too", () => {
        for (const store of stores) {
            const pod = statefulSet(built.stack, store).template.spec;
            expect(pod.securityContext).toMatchObject({
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            });
            expect(pod.automountServiceAccountToken).toBe(false);
            for (const { securityContext } of [...pod.containers, ...(pod.initContainers ?? [])]) {
                expect(securityContext).toEqual({
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    readOnlyRootFilesystem: true,
                });
            }
        }
    });

    it("gives each store a volume of the configured size", () => {
        const size = (store: string): string | undefined =>
            statefulSet(built.stack, store).volumeClaimTemplates[0]?.spec.resources.requests
                .storage;
        expect([size("rabbitmq"), size("redis-mozart"), size("search-grq")]).toEqual([
            "10Gi",
            "5Gi",
            "30Gi",
        ]);
    });

    it("imports RabbitMQ's user at every start, and no guest", () => {
        const file = secretFile(built.stack, "stores-rabbitmq-definitions", "definitions.json");
        const { users, permissions } = JSON.parse(file) as Record<string, object[]>;
        expect(users).toEqual([
            {
                name: "science",
                password: expect.stringContaining(SIMULATED_SECRET) as string,
                tags: "administrator",
            },
        ]);
        expect(permissions).toHaveLength(1);
    });

    it("configures RabbitMQ for long jobs, and for what Celery declares", () => {
        const { data } = built.stack.inputs(
            "kubernetes:core/v1:ConfigMap",
            "stores-rabbitmq-config",
        ) as { data: Record<string, string> };
        const lines = data["10-hysds.conf"]?.split("\n");
        expect(lines).toContain(`consumer_timeout = ${96 * 3600 * 1000}`);
        expect(lines).toContain("deprecated_features.permit.transient_nonexcl_queues = true");
        expect(lines).toContain("deprecated_features.permit.global_qos = true");
        const { readinessProbe, livenessProbe } = storeContainer(built.stack, "rabbitmq");
        expect(readinessProbe).toMatchObject({
            exec: { command: ["rabbitmq-diagnostics", "-q", "check_port_connectivity"] },
        });
        expect(livenessProbe?.exec?.command).toEqual(["rabbitmq-diagnostics", "-q", "ping"]);
    });

    it("keeps Redis's queues: a password, no eviction, an append-only file", () => {
        const conf = secretFile(built.stack, "stores-redis-mozart-config", "redis.conf");
        const lines = conf.split("\n");
        expect(lines).toContain("maxmemory-policy noeviction");
        expect(lines).toContain("appendonly yes");
        expect(conf).toMatch(new RegExp(`^requirepass .*${SIMULATED_SECRET}.*redis-mozart`, "m"));
        const { command, readinessProbe, env } = storeContainer(built.stack, "redis-mozart");
        expect(command).toEqual(["valkey-server", "/etc/hysds/redis.conf"]);
        expect(readinessProbe).toMatchObject({ exec: { command: ["valkey-cli", "-e", "ping"] } });
        expect(env).toEqual([
            expect.objectContaining({
                name: "REDISCLI_AUTH",
                valueFrom: { secretKeyRef: { name: expect.anything() as string, key: "password" } },
            }),
        ]);
    });

    it("puts OpenSearch behind basic authentication with one user of its own", () => {
        const users = secretFile(
            built.stack,
            "stores-search-mozart-credentials",
            "internal_users.yml",
        );
        expect(users.match(/^\w+:$/gm)).toEqual(["_meta:", "hysds:"]);
        const { data } = built.stack.inputs(
            "kubernetes:core/v1:ConfigMap",
            "stores-search-mozart-config",
        ) as { data: Record<string, string> };
        expect(data["opensearch.yml"]).not.toMatch(/plugins.security.disabled/);
        expect(data["opensearch.yml"]).toMatch(/^transport.host: 127\.0\.0\.1$/m);
        expect(storeContainer(built.stack, "search-mozart").env).toContainEqual({
            name: "DISABLE_INSTALL_DEMO_CONFIG",
            value: "true",
        });
    });

    it("gives half of a search node's memory to the heap, and needs no vm.max_map_count", () => {
        const { env, resources } = storeContainer(built.stack, "search-mozart");
        expect(env).toContainEqual({
            name: "OPENSEARCH_JAVA_OPTS",
            value: "-Xms768m -Xmx768m",
        });
        expect(resources.limits.memory).toBe("1536Mi");
        const config = built.stack.inputs(
            "kubernetes:core/v1:ConfigMap",
            "stores-search-mozart-config",
        );
        expect(JSON.stringify(config)).toContain("node.store.allow_mmap: false");
    });

    it("asks a search node with its password, which stays off the command line", () => {
        const netrc = secretFile(built.stack, "stores-search-mozart-credentials", "netrc");
        expect(netrc).toMatch(/^machine 127\.0\.0\.1 login hysds password .*search-mozart/);
        const { readinessProbe } = storeContainer(built.stack, "search-mozart");
        expect(JSON.stringify(readinessProbe)).toContain('"--netrc-file","/secrets/netrc"');
    });
});

describe("stores in the cluster, shared, with Redis and Elasticsearch", () => {
    let built: BuiltStores;

    beforeAll(async () => {
        built = await buildStores(ELASTICSEARCH);
    });

    it("serves all parts of HySDS from one Redis and one search node", () => {
        expect(built.stack.ofType(STATEFUL_SET)).toHaveLength(3);
        const { resultStore, metricsStore, search } = built.backends;
        expect(metricsStore).toBe(resultStore);
        expect(search.grq).toBe(search.mozart);
        expect(search.metrics).toBe(search.mozart);
        expect(built.backends.ready).toHaveLength(3);
    });

    it("has Elasticsearch's security on, with a password from a Secret", async () => {
        const config = built.stack.inputs("kubernetes:core/v1:ConfigMap", "stores-search-config");
        expect(JSON.stringify(config)).toContain("xpack.security.enabled: true");
        const password = storeContainer(built.stack, "search").env?.find(
            ({ name }) => name === "ELASTIC_PASSWORD",
        );
        expect(password?.valueFrom).toMatchObject({ secretKeyRef: { key: "password" } });
        expect((await valueOf(built.backends.search.grq.resolved())).url).toMatch(
            /^http:\/\/elastic:/,
        );
        expect(leaks(built.stack, SIMULATED_SECRET)).toEqual([]);
    });

    it("pulls images without an account, at pinned versions", () => {
        const images = ["rabbitmq", "redis", "search"].map(
            (store) => storeContainer(built.stack, store).image,
        );
        expect(images).toEqual([
            "docker.io/library/rabbitmq:3.13.7-management",
            "docker.io/library/redis:7.2.16",
            "docker.elastic.co/elasticsearch/elasticsearch:7.10.2",
        ]);
    });
});

describe("stores in the cluster", () => {
    it("are protected and retained, passwords included, only where the stack is", async () => {
        for (const protect of [true, false]) {
            const { stack } = await buildStores(ELASTICSEARCH, protect);
            const kept = [
                ...stack.ofType(STATEFUL_SET),
                ...stack.ofType("random:index/randomPassword:RandomPassword"),
            ];
            expect(kept).toHaveLength(6);
            for (const { options } of kept) {
                expect([options.protect ?? false, options.retainOnDelete ?? false]).toEqual([
                    protect,
                    protect,
                ]);
            }
        }
    });

    it("fit the schema of the API server, with either engine", async () => {
        const check = await createManifestCheck();
        for (const changes of [OPENSEARCH, ELASTICSEARCH]) {
            const { stack } = await buildStores(changes);
            for (const { type, name, inputs } of stack.all) {
                if (type.startsWith("kubernetes:")) {
                    expect(await check(reveal(inputs)), `${type} ${name}`).toEqual([]);
                }
            }
        }
    });

    it("on a small stack request no more than a laptop's share: 0.6 CPU and 2.3 GiB", async () => {
        const { stack } = await buildStores({
            ...ELASTICSEARCH,
            search: { ...ELASTICSEARCH.search, memoryMiB: 1536 },
        });
        const requests = ["rabbitmq", "redis", "search"].map(
            (store) => storeContainer(stack, store).resources.requests,
        );
        const total = (read: (request: { cpu: string; memory: string }) => string): number =>
            requests.reduce((sum, request) => sum + parseInt(read(request)), 0);
        expect(total(({ cpu }) => cpu)).toBeLessThanOrEqual(600);
        expect(total(({ memory }) => memory)).toBeLessThanOrEqual(2300);
    });
});
