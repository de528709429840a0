import { beforeAll, describe, expect, it } from "vitest";
import { SecretValue, reveal } from "../../../workshop/plan/secret";
import { PASSWORD_MARK, StoreHosts, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { workloads } from "../../support/workloads";

const SECRET = "kubernetes:core/v1:Secret";

/** Content of every Secret by the name under which pods mount it. */
function secrets(installation: Registered): Map<string, string> {
    return new Map(
        installation.ofType(SECRET).map(({ inputs, outputs }) => {
            const { name } = outputs.metadata as { name: string };
            return [name, JSON.stringify(reveal(inputs.stringData))];
        }),
    );
}

/** Names of the workloads whose pods mount a Secret that differs between two installations. */
function rolled(before: Registered, after: Registered): string[] {
    const known = secrets(before);
    const changed = new Set(
        [...secrets(after)].flatMap(([name, text]) => (known.get(name) === text ? [] : [name])),
    );
    return workloads(after)
        .filter(({ pod }) =>
            pod.volumes.some(({ secret }) => changed.has(secret?.secretName ?? "")),
        )
        .map(({ name }) => name)
        .sort();
}

let installation: Registered;

beforeAll(async () => {
    installation = await installHysds();
});

async function rolledBy(host: keyof StoreHosts): Promise<string[]> {
    return rolled(installation, await installHysds({ hosts: { [host]: "moved.example" } }));
}

const WITHOUT_PYTHON = ["kibana", "metrics-logstash-indexer", "mozart-logstash-indexer"];
const JOB_WORKERS = ["factotum-job-worker-large", "factotum-job-worker-small", "system-jobs-queue"];

describe("a moved store rolls the pods whose files name it, and no others", () => {
    it("the broker: every Python process, and no Logstash or Kibana", async () => {
        const names = await rolledBy("broker");
        expect(names).toContain("orchestrator-jobs");
        expect(names).toContain("mozart");
        expect(names.filter((name) => WITHOUT_PYTHON.includes(name))).toEqual([]);
        expect(names).not.toContain("bootstrap");
    });

    it("RabbitMQ's management API: Mozart, which lists queues", async () => {
        expect(await rolledBy("brokerManagement")).toEqual(["mozart"]);
    });

    it("the metrics search cluster: Kibana, its indexer, the bootstrap and Python processes", async () => {
        const names = await rolledBy("searchMetrics");
        expect(names).toEqual(expect.arrayContaining(["bootstrap", "kibana", "grq2"]));
        expect(names).toContain("metrics-logstash-indexer");
        expect(names).not.toContain("mozart-logstash-indexer");
    });

    it("the result store: Mozart's indexer, and not that of metrics", async () => {
        const names = await rolledBy("resultStore");
        expect(names).toContain("mozart-logstash-indexer");
        expect(names).not.toContain("metrics-logstash-indexer");
        expect(names).not.toContain("kibana");
    });

    it("nothing, when nothing moved", async () => {
        expect(rolled(installation, await installHysds())).toEqual([]);
    });

    it("the metrics store: its indexer, and the sdswatch clients of job workers", async () => {
        const names = await rolledBy("metricsStore");
        expect(names).toEqual(expect.arrayContaining(["metrics-logstash-indexer", ...JOB_WORKERS]));
        expect(names).not.toContain("mozart-logstash-indexer");
    });
});

/** Every text below a value that is not behind a Pulumi secret. */
function plainTexts(value: unknown): string[] {
    if (value instanceof SecretValue) {
        return [];
    }
    if (typeof value === "object" && value !== null) {
        return Object.values(value).flatMap(plainTexts);
    }
    return typeof value === "string" ? [value] : [];
}

describe("credentials", () => {
    it("are in Secrets, as Pulumi secrets, and nowhere else", () => {
        for (const { name, type, inputs } of installation.all) {
            const where = `${type} ${name}`;
            expect(plainTexts(inputs).join("\n"), where).not.toContain(PASSWORD_MARK);
            if (type !== SECRET) {
                expect(JSON.stringify(reveal(inputs)), where).not.toContain(PASSWORD_MARK);
            }
        }
        const held = [...secrets(installation).values()].join("\n");
        expect(held).toContain(PASSWORD_MARK);
    });

    it("are in Secrets that cannot be changed in place", () => {
        for (const { name, inputs } of installation.ofType(SECRET)) {
            expect(inputs, name).toMatchObject({ immutable: true });
            expect(inputs.metadata, name).not.toHaveProperty("name");
        }
    });
});
