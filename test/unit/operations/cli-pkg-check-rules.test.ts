import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SAR_POOL } from "../../support/hysds";
import {
    ACTION,
    check,
    Checked,
    MISSION,
    renderedWorkers,
    spec,
    withFiles,
} from "../../support/operations/checked-jobs";
import { FakeObject } from "../../support/operations/fake-kubernetes";
import { SearchCluster } from "../../support/operations/search-cluster";

let workers: readonly FakeObject[];

beforeAll(async () => {
    workers = await renderedWorkers();
});

const RULE = {
    rule_name: "nightly",
    workflow: "hysds-io-x:v1",
    job_type: "hysds-io-x:v1",
    query_string: "{}",
    kwargs: "{}",
    queue: SAR_POOL.queue,
    priority: 0,
    enabled: true,
};

function checkFiles(
    files: Readonly<Record<string, unknown>>,
    cluster?: SearchCluster,
): Promise<Checked> {
    return withFiles(files, (directory) => check(["check", directory], workers, cluster));
}

describe("pkg check of actions", () => {
    it.each([
        [
            "a boolean that is none in text",
            { type: "boolean", from: "value", value: true },
            /params\[0\].value: HySDS takes it for a text.*"true"/,
        ],
        [
            "an optional number",
            { type: "number", from: "value", value: 3, optional: true },
            /params\[0\].value: HySDS takes it for a text/,
        ],
        [
            "a region as an object",
            { type: "region", from: "submitter", default: {} },
            /params\[0\].default/,
        ],
        [
            "a number in words",
            { type: "number", from: "submitter", default: "four" },
            /"four" is no number/,
        ],
        [
            "a lambda of another language",
            { from: "value", value: "A", lambda: "x => x" },
            /params\[0\].lambda/,
        ],
    ])("refuses %s", async (_what, param, finding) => {
        const { of, exitCode } = await checkFiles({
            "docker/job-spec.json.x": spec({ params: [{ name: "p", destination: "context" }] }),
            "docker/hysds-io.json.x": { params: [{ name: "p", ...param }] },
        });
        expect(exitCode).toBe(1);
        expect(of("hysds-io-x")).toEqual([expect.stringMatching(finding)]);
    });

    it("refuses a job type without an action, and an action without a job type", async () => {
        const { of, exitCode } = await checkFiles({
            "docker/job-spec.json.x": spec(),
            "docker/hysds-io.json.y": ACTION,
            "other/docker/hysds-io.json.x": ACTION,
        });
        expect(exitCode).toBe(1);
        expect(of("job-x")).toEqual([
            expect.stringMatching(/it has no action.*hysds-io.json.x with its params/),
        ]);
        expect(of("hysds-io-y")).toEqual([expect.stringMatching(/its job type is not here/)]);
        expect(of("hysds-io-x")).toHaveLength(1);
    });

    it("refuses a job type whose action gives too little, and warns of what it gives too much", async () => {
        const { of } = await check(["check", MISSION], workers);
        expect(of("job-mosaic")).toContainEqual(
            expect.stringMatching(/^problem params: hysds-io-mosaic does not give out/),
        );
        expect(of("hysds-io-mosaic")).toContainEqual(
            expect.stringMatching(/^warning params\[1\]: job-mosaic has no parameter resolution/),
        );
    });

    it("finds the action beside a file that is named alone", async () => {
        const file = path.join(MISSION, "docker/job-spec.json.slc");
        const { of, verdicts } = await check(["check", file], workers);
        expect(verdicts).toHaveLength(1);
        expect(of("job-slc")).toEqual([]);
    });
});

describe("pkg check of rules", () => {
    it("says of each whether what it starts is there and runs on its queue", async () => {
        const { verdicts, of } = await check(["check", MISSION], workers);
        const rules = verdicts.filter(({ kind }) => kind === "rule");
        expect(rules.map(({ id, runs }) => [id, runs])).toEqual([
            ["focus-new-scenes", true],
            ["mosaic-of-the-week", false],
            ["forgotten", false],
        ]);
        expect(of("mosaic-of-the-week")).toEqual([
            expect.stringMatching(/^problem queue: no worker reads queue weekly-job_worker/),
            expect.stringMatching(/^problem kwargs: hysds-io-mosaic wants area/),
        ]);
        expect(of("forgotten")).toEqual([
            expect.stringMatching(/^problem job_type: hysds-io-archive:v0.9 is not here/),
        ]);
    });

    it("compares what a rule says over its job type with the workers of its queue", async () => {
        const { of } = await checkFiles({
            "docker/job-spec.json.x": spec(),
            "docker/hysds-io.json.x": ACTION,
            "user_rules.json": { grq: [{ ...RULE, soft_time_limit: 40000, disk_usage: "1TB" }] },
        });
        expect(of("nightly")).toEqual([
            expect.stringMatching(/^problem disk_usage: .*can't read "1TB"/),
            expect.stringMatching(/^problem soft_time_limit: .*40000 s/),
        ]);
    });

    it("knows what is registered, of an installation", async () => {
        const cluster = new SearchCluster({
            job_specs: { "job-x:v1": spec() },
            "hysds_ios-grq": { "hysds-io-x:v1": { "job-specification": "job-x:v1", params: [] } },
        });
        const files = {
            "user_rules.json": {
                grq: [RULE, { ...RULE, rule_name: "old", job_type: "hysds-io-x:v0" }],
            },
        };
        const { of, verdicts } = await checkFiles(files, cluster);
        expect(verdicts.map(({ id, runs }) => [id, runs])).toEqual([
            ["nightly", true],
            ["old", false],
        ]);
        expect(of("old")).toEqual([expect.stringMatching(/hysds-io-x:v0 is not here/)]);
    });

    it("checks those that are registered, also one that HySDS could not read", async () => {
        const cluster = new SearchCluster({
            job_specs: { "job-x:v1": spec() },
            "hysds_ios-grq": { "hysds-io-x:v1": { "job-specification": "job-x:v1", params: [] } },
            "user_rules-grq": { one: { ...RULE, kwargs: "{" } },
        });
        const { of, exitCode } = await check(["check", "--registered"], workers, cluster);
        expect(exitCode).toBe(1);
        expect(of("nightly")).toEqual([expect.stringMatching(/^problem kwargs: HySDS can't read/)]);
        expect(of("job-x:v1")).toEqual([]);
    });

    it("says what is wrong with a file of rules, and leaves files of other rules alone", async () => {
        const { verdicts } = await checkFiles({
            "user_rules.json": { grq: [{ ...RULE, priority: 10 }] },
            "lint-rules.json": { rules: [] },
        });
        expect(verdicts).toMatchObject([{ kind: "file", runs: false }]);
    });
});
