import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rulesCommand } from "../../../cli/commands/rules";
import { Environment } from "../../../cli/installation";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { CommandRun, runCommand } from "../../support/operations/run-command";
import { SearchCluster } from "../../support/operations/search-cluster";

const RULE = {
    rule_name: "ingest-sar",
    workflow: "hysds-io-sar:v1",
    job_type: "hysds-io-sar:v1",
    job_spec: "job-sar:v1",
    query_string: '{"term": {"dataset.keyword": "SAR"}}',
    kwargs: "{}",
    queue: "sar-job_worker",
    priority: 5,
    enabled: true,
    username: "ops",
    passthru_query: false,
    query_all: false,
    tags: ["nightly"],
    creation_time: "2026-01-02T03:04:05.678901Z",
    modified_time: "2026-01-02T03:04:05.678901Z",
    a_field_of_a_later_release: { nested: [1, 2, { x: null }] },
};

let directory: string;
let file: string;
let installation: FakeInstallation | undefined;

beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), "rules-"));
    file = path.join(directory, "rules.json");
});

afterEach(async () => {
    await installation?.stop();
    await fs.rm(directory, { recursive: true });
});

async function run(
    cluster: SearchCluster,
    args: string[],
    given: { environment?: Environment; answer?: boolean } = {},
): Promise<CommandRun> {
    await installation?.stop();
    installation = await FakeInstallation.start({
        environment: given.environment ?? "dev",
        targets: { "mozart-search": cluster.handler },
    });
    return runCommand(["rules", ...args], {
        commands: [rulesCommand],
        installation,
        answer: given.answer ?? false,
    });
}

function clusterWith(grq: object[], mozart: object[] = []): SearchCluster {
    const byId = (rules: object[], prefix: string) =>
        Object.fromEntries(rules.map((rule, at) => [`${prefix}${at}`, { ...rule }]));
    return new SearchCluster({
        "user_rules-grq": byId(grq, "g"),
        "user_rules-mozart": byId(mozart, "m"),
        "hysds_ios-grq": { "hysds-io-sar:v1": { id: "hysds-io-sar:v1" } },
    });
}

async function importing(cluster: SearchCluster, content: unknown, ...more: string[]) {
    await fs.writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return run(cluster, ["import", file, ...more]);
}

describe("rules export", () => {
    it("writes the file of sds: both lists, sorted keys, and no ids", async () => {
        const cluster = clusterWith([RULE], [{ ...RULE, rule_name: "retry" }]);
        const { exitCode, stdout } = await run(cluster, ["export", "--out", file]);
        expect(exitCode).toBe(0);
        expect(stdout).toContain("1 rules of mozart, 1 of grq");
        const text = await fs.readFile(file, "utf8");
        expect(JSON.parse(text)).toEqual({
            grq: [RULE],
            mozart: [{ ...RULE, rule_name: "retry" }],
        });
        expect(text.indexOf('"a_field')).toBeLessThan(text.indexOf('"creation_time"'));
    });

    it("has all of more rules than one page, and leaves no search open", async () => {
        const many = Array.from({ length: 1203 }, (_, at) => ({
            ...RULE,
            rule_name: `rule-${at}`,
        }));
        const cluster = clusterWith(many);
        await run(cluster, ["export", "--out", file]);
        const { grq } = JSON.parse(await fs.readFile(file, "utf8")) as { grq: unknown[] };
        expect(grq).toHaveLength(1203);
        expect(cluster.openScrolls).toBe(0);
    });

    it("prints to standard output, also of an installation without rules", async () => {
        const { stdout } = await run(new SearchCluster(), ["export", "--out", "-"]);
        expect(JSON.parse(stdout)).toEqual({ mozart: [], grq: [] });
    });
});

describe("rules import", () => {
    it("brings all that was exported to another installation, and again changes nothing", async () => {
        const other = { ...RULE, rule_name: "Zweite Regel – ü" };
        await run(clusterWith([RULE, other], [RULE]), ["export", "--out", file]);
        const target = clusterWith([]);
        expect((await run(target, ["import", file])).exitCode).toBe(0);
        expect(Object.values(target.sources("user_rules-grq"))).toEqual([other, RULE]);
        expect(Object.values(target.sources("user_rules-mozart"))).toEqual([RULE]);

        const again = await run(target, ["import", file]);
        expect(again.stdout.match(/unchanged/g)).toHaveLength(3);
        expect(Object.keys(target.sources("user_rules-grq"))).toHaveLength(2);
    });

    it("says what it will overwrite, and overwrites nothing when the answer is no", async () => {
        const cluster = clusterWith([RULE]);
        const changed = { ...RULE, priority: 9, enabled: false };
        const { exitCode, stderr } = await importing(cluster, { grq: [changed], mozart: [] });
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/grq +ingest-sar +enabled, priority/);
        expect(cluster.sources("user_rules-grq")).toEqual({ g0: RULE });
    });

    it("replaces a rule in its place", async () => {
        const cluster = clusterWith([RULE]);
        const changed = { ...RULE, priority: 9 };
        await importing(cluster, { grq: [changed], mozart: [] }, "--yes");
        expect(cluster.sources("user_rules-grq")).toEqual({ g0: changed });
    });

    it("replaces none in prod without --really", async () => {
        const cluster = clusterWith([RULE]);
        await fs.writeFile(file, JSON.stringify({ grq: [{ ...RULE, priority: 9 }], mozart: [] }));
        const prod = { environment: "prod" } as const;
        const refused = await run(cluster, ["import", file, "--yes"], prod);
        expect(refused).toMatchObject({ exitCode: 1 });
        expect(refused.stderr).toContain("--really");
        await run(cluster, ["import", file, "--yes", "--really"], prod);
        expect(cluster.sources("user_rules-grq")).toMatchObject({ g0: { priority: 9 } });
    });

    it("gives a rule without times the present one", async () => {
        const timeless: Partial<typeof RULE> = { ...RULE };
        delete timeless.creation_time;
        delete timeless.modified_time;
        const cluster = clusterWith([]);
        await importing(cluster, { grq: [timeless], mozart: [] });
        const [rule] = Object.values(cluster.sources("user_rules-grq"));
        expect(Date.parse(String(rule?.creation_time))).toBeGreaterThan(Date.now() - 60_000);
        expect(rule).toMatchObject(timeless);
    });

    it("warns of a rule whose action is not there", async () => {
        const absent = { ...RULE, workflow: "hysds-io-absent:v1" };
        const run = await importing(clusterWith([]), { grq: [absent], mozart: [] });
        expect(run.exitCode).toBe(0);
        expect(run.stderr).toContain('no action hysds-io-absent:v1, which rule "ingest-sar" runs');
    });

    it("leaves different rules of one name to people", async () => {
        const cluster = clusterWith([RULE, { ...RULE, priority: 1 }]);
        const run = await importing(cluster, { grq: [RULE], mozart: [] }, "--yes");
        expect(run).toMatchObject({ exitCode: 1 });
        expect(run.stderr).toContain('2 rules named "ingest-sar"');
    });

    it.each([
        ["no JSON", "{", "is not JSON"],
        ["a list is missing", { grq: [] }, "mozart"],
        [
            "the query is no JSON",
            { mozart: [], grq: [{ ...RULE, query_string: "{" }] },
            "query_string is not JSON",
        ],
        [
            "arguments are no JSON",
            { mozart: [], grq: [{ ...RULE, kwargs: "x" }] },
            "kwargs is not JSON",
        ],
        ["a priority of 10", { mozart: [], grq: [{ ...RULE, priority: 10 }] }, "grq.0.priority"],
        [
            "a name of 65 letters",
            { mozart: [], grq: [{ ...RULE, rule_name: "x".repeat(65) }] },
            "rule_name",
        ],
        ["no queue", { mozart: [], grq: [{ ...RULE, queue: "" }] }, "grq.0.queue"],
        ["one name twice", { mozart: [], grq: [RULE, RULE] }, 'two rules named "ingest-sar"'],
    ])("writes nothing when %s", async (_what, content, problem) => {
        const cluster = clusterWith([]);
        const run = await importing(cluster, content, "--yes");
        expect(run.exitCode).toBe(2);
        expect(run.stderr).toContain(problem);
        expect(run.stderr.trim().split("\n")).toHaveLength(1);
        expect(cluster.sources("user_rules-grq")).toEqual({});
    });

    it("names the file that is not there", async () => {
        const run_ = await run(clusterWith([]), ["import", path.join(directory, "absent.json")]);
        expect(run_).toMatchObject({ exitCode: 2 });
        expect(run_.stderr).toContain("absent.json cannot be read");
    });
});
