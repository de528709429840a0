import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderBootstrap } from "../../components/hysds/configuration";
import { renderSdswatchPipeline } from "../../components/hysds/configuration/logstash/sdswatch";
import { evaluateStack } from "../../workshop/plan/evaluate";
import { reveal } from "../../workshop/plan/secret";
import { inCluster } from "../unit/configuration/support/inputs";
import { debianRuby } from "./support/consumers/installations";
import { LogstashConfig, Stage, textOf } from "./support/consumers/logstash-config";
import { Event, LogstashFilters, rubyAt } from "./support/consumers/logstash-filters";
import { askNode, SearchNode, startOpensearch } from "./support/consumers/opensearch-node";

/** Where a job writes, in the worker's container. */
const JOB = "/data/work/jobs/2026/11/24/19/30/job-0001";

interface Container {
    readonly name: string;
    readonly volumeMounts: readonly {
        readonly name: string;
        readonly mountPath: string;
        readonly subPath?: string;
    }[];
}

/** The path under which one container sees what another has written. */
function seenBy(reader: Container, writer: Container, file: string): string | undefined {
    const written = writer.volumeMounts.find(({ mountPath }) => file.startsWith(`${mountPath}/`));
    const inVolume = file.slice((written?.mountPath.length ?? 0) + 1);
    const read = reader.volumeMounts.find(
        ({ name, subPath = "" }) => name === written?.name && inVolume.startsWith(`${subPath}/`),
    );
    return read && join(read.mountPath, inVolume.slice((read.subPath ?? "").length + 1));
}

/** Ruby's `Dir.glob`, which the file input uses: `**` is any number of folders, `*` a name. */
function matches(pattern: string, path: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|\\]/g, "\\$&")
        .replace(/(\*\*\/)+/g, "(?:[^/]+/)#")
        .replace(/\*/g, "[^/]*")
        .replace(/#/g, "*");
    return new RegExp(`^${expression}$`).test(path);
}

function inputs(stages: readonly Stage[]): { type: string; path: string[] }[] {
    return stages.flatMap((stage) =>
        "plugin" in stage
            ? [{ type: textOf(stage.settings.type), path: stage.settings.path as string[] }]
            : [],
    );
}

describe("a line in a job's SDSWatch log", () => {
    const sections = new LogstashConfig(renderSdswatchPipeline(inCluster("opensearch"))).sections();
    let folder: string;
    let node: SearchNode;
    let filters: LogstashFilters;
    let worker: Container;
    let sidecar: Container;

    /** Follows a line from the worker's file system into the index. */
    async function follow(file: string, message: string): Promise<Event | undefined> {
        const path = seenBy(sidecar, worker, join(JOB, file)) ?? "";
        const input = inputs(sections.input ?? []).find((each) =>
            each.path.some((pattern) => matches(pattern, path)),
        );
        const event = { message, path, type: input?.type, host: "logstash" };
        const filtered = await filters.run(sections.filter ?? [], event);
        if (filtered) {
            const now = new Date().toISOString();
            const [output] = sections.output ?? [];
            const name = output && "plugin" in output ? textOf(output.settings.index) : "";
            const index = name.replace("%{+yyyy.MM.dd}", now.slice(0, 10).replaceAll("-", "."));
            const document = { ...filtered, "@timestamp": now };
            await askNode(node, `/${index}/_doc?refresh=true`, "POST", document);
        }
        return filtered;
    }

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), "hysds-sdswatch-"));
        await chmod(folder, 0o755);
        await mkdir(join(folder, "search"));
        node = await startOpensearch(join(folder, "search"));
        await bootstrap();
        filters = new LogstashFilters(rubyAt(await debianRuby()));
        const { resources } = await evaluateStack("prod");
        const deployment = resources.find(
            ({ name, type }) => name === "system-jobs-queue" && type.endsWith(":Deployment"),
        );
        const { spec } = reveal(deployment?.inputs) as {
            spec: { template: { spec: { containers: Container[]; initContainers: Container[] } } };
        };
        const pod = spec.template.spec;
        worker = pod.containers[0] as Container;
        sidecar = pod.initContainers.find(({ name }) => name === "sdswatch") as Container;
        process.env.HOSTNAME = "system-jobs-queue-0";
    });

    async function bootstrap(): Promise<void> {
        const given = inCluster("opensearch");
        const { port } = new URL(node.url);
        const at = { ...given.search.metrics, host: "127.0.0.1", port: Number(port) };
        const search = { mozart: at, grq: at, metrics: at };
        for (const [name, text] of Object.entries(renderBootstrap({ ...given, search }))) {
            await writeFile(join(folder, name), text, { mode: 0o600 });
        }
        await execa("python3", [join(folder, "bootstrap.py"), "--attempts=3", "--delay=1"]);
    }

    afterAll(async () => {
        await node?.stop();
        await rm(folder, { recursive: true, force: true });
    });

    it("becomes a metric with its job, its source and a number", async () => {
        const event = await follow(
            "topsapp.pge.sdswatch.log",
            "2026-11-24 19:31:02.123456,memory_mb,'1536'",
        );
        expect(event).toMatchObject({
            sdswatch_timestamp: "2026-11-24T19:31:02.123Z",
            source_type: "topsapp",
            source_id: "job-0001",
            host: "system-jobs-queue-0",
            metric_key: "memory_mb",
            metric_value_string: "1536",
            metric_value_float: 1536,
        });
    });

    it("becomes the fields of its dictionary", async () => {
        const event = await follow(
            "states.fulldict.sdswatch.log",
            "2026-11-24T19:32:00,worker-1,supervisord,verdi,status=RUNNING uptime=12.5",
        );
        expect(event).toMatchObject({
            host: "worker-1",
            source_type: "supervisord",
            status: "RUNNING",
            uptime: 12.5,
        });
    });

    it("is dropped without a time, and so are lines of other files", async () => {
        expect(await follow("topsapp.pge.sdswatch.log", "Traceback (most recent call last):")).toBe(
            undefined,
        );
        expect(seenBy(sidecar, worker, "/home/ops/other.log")).toBeUndefined();
    });

    it("is found as HySDS's dashboards look for it", async () => {
        const answer = await askNode<{
            hits: { total: { value: number } };
            aggregations: { hosts: { buckets: { key: string }[] } };
        }>(node, "/sdswatch-*/_search", "POST", {
            size: 0,
            track_total_hits: true,
            query: { range: { sdswatch_timestamp: { gte: "2026-11-24T19:00:00Z" } } },
            aggs: { hosts: { terms: { field: "host.keyword" } } },
        });
        expect(answer.hits.total.value).toBe(2);
        expect(answer.aggregations.hosts.buckets.map(({ key }) => key).sort()).toEqual([
            "system-jobs-queue-0",
            "worker-1",
        ]);
    });
});
