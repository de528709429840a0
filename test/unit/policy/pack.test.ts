import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { configurationOf } from "../../../policy/policies";
import { environments } from "../../../policy/rule";
import { rules } from "../../../policy/rules";
import { PolicyPackProcess, Subject } from "../../support/policy-pack";
import { Draft } from "./support/draft";
import { UNKNOWN, configurationFor, examine, subjectsOf } from "./support/subjects";
import { BROKER, DEPLOYMENT, REDIS, TEMPLATE } from "./support/types";

let pack: PolicyPackProcess;

async function start(configuration: Readonly<Record<string, string>> = {}): Promise<void> {
    pack = await PolicyPackProcess.start(configuration);
}

function only(draft: Draft): Subject {
    return draft.changed()[0] as Subject;
}

describe("remediation", () => {
    beforeAll(async () => {
        await start();
        await pack.configure(configurationFor("dev"));
    });
    afterAll(() => pack.stop());

    it("requires IMDSv2 within one hop, and changes nothing else", async () => {
        const stack = await subjectsOf("dev");
        const broken = only(new Draft(stack).set(TEMPLATE, "metadataOptions", undefined));
        const given = (await pack.remediate(broken)).get("imdsv2-required");
        expect(given).toEqual({
            ...broken.properties,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
        });
        const corrected = { ...broken, properties: given ?? {} };
        expect((await pack.analyze(corrected)).diagnostics).toEqual([]);
        expect([...(await pack.remediate(corrected)).keys()]).toEqual([]);
    });

    it("adds the tags that are missing, beside those that are there", async () => {
        const stack = await subjectsOf("dev");
        const broken = only(
            new Draft(stack)
                .set(BROKER, "tags", { Project: "mission" })
                .set(BROKER, "subnetIds", UNKNOWN),
        );
        const given = (await pack.remediate(broken)).get("required-tags");
        expect(given?.tags).toEqual({
            Project: "mission",
            Environment: "dev",
            ManagedBy: "pulumi",
        });
        expect(given?.subnetIds).toBe(UNKNOWN);
    });

    it("leaves a compliant stack as it is", async () => {
        for (const subject of await subjectsOf("dev")) {
            expect([...(await pack.remediate(subject)).keys()], subject.urn).toEqual([]);
        }
    });
});

describe("a rule that checks resources and the stack", () => {
    const RULE = "private-brokers";
    const BOTH = path.resolve(__dirname, "../../support/fixture-pack");

    beforeAll(async () => {
        pack = await PolicyPackProcess.start({}, BOTH);
    });
    afterAll(() => pack.stop());

    it("complains of the resource, of the stack, and corrects the resource", async () => {
        const stack = await subjectsOf("dev");
        const open = only(new Draft(stack).set(BROKER, "publiclyAccessible", true));
        const second = { ...open, name: "second", urn: `${open.urn}-second` };

        await pack.configure({ [RULE]: "mandatory" });
        const said = [await pack.analyze(open), await pack.analyzeStack([open, second])];
        expect(said.map(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual([
            [expect.stringContaining("the broker is public")],
            [expect.stringContaining("there are several brokers")],
        ]);

        await pack.configure({ [RULE]: "remediate" });
        expect((await pack.remediate(open)).get(RULE)?.publiclyAccessible).toBe(false);
    });
});

describe("the grace period of job workers", () => {
    afterEach(() => pack.stop());

    const JOB_WORKER = "factotum-job-worker-small";
    const GRACE = "spec.template.spec.terminationGracePeriodSeconds";

    it("follows the stack's own job timeout", async () => {
        await start({ "hysds:jobTimeoutHours": "48" });
        await pack.configure(configurationFor("prod"));
        const short = only(
            new Draft(await subjectsOf("prod")).set(DEPLOYMENT, GRACE, 86_400, JOB_WORKER),
        );
        const { diagnostics } = await pack.analyze(short);
        expect(diagnostics.map(({ rule }) => rule)).toEqual(["celery-grace-period"]);
        expect(diagnostics[0]?.message).toContain("86400, less than 172800");
    });

    it("follows a worker pool's own", async () => {
        const workers = JSON.stringify([{ name: "quick", queue: "quick", timeoutHours: 1 }]);
        await start({ "hysds:workers": workers });
        await pack.configure(configurationFor("prod"));
        const { diagnostics } = await examine(pack, await subjectsOf("prod", { workers }));
        expect(diagnostics).toEqual([]);
    });
});

describe("the namespace of jobs", () => {
    const JOBS = { jobsNamespace: "science-jobs" };

    afterEach(() => pack.stop());

    /** Rules that complain of the namespace of jobs, or of one of the pods in it. */
    async function complaints(): Promise<readonly string[]> {
        await pack.configure(configurationFor("prod"));
        const stack = await subjectsOf("prod", JOBS);
        const isOf = (type: string, field: "name" | "namespace") => (subject: Subject) =>
            subject.type.endsWith(type) &&
            (subject.properties.metadata as Record<string, unknown>)[field] === JOBS.jobsNamespace;
        const found = [
            stack.find(isOf(":Namespace", "name")),
            stack.find(isOf(":Deployment", "namespace")),
        ];
        const answers = await Promise.all(found.map((subject) => pack.analyze(subject as Subject)));
        return answers.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule));
    }

    it("is excepted under the name that the stack gives it", async () => {
        await start({ "hysds:jobsNamespace": JOBS.jobsNamespace });
        expect(await complaints()).toEqual([]);
    });

    it("is not excepted under a name that the stack does not give it", async () => {
        await start();
        expect(await complaints()).toEqual(["namespace-pod-security", "no-privileged-containers"]);
    });
});

describe("without a configuration file", () => {
    afterEach(() => pack.stop());

    it.each([
        ["prod", ["mandatory"]],
        ["dev", []],
        ["local", ["advisory"]],
    ])("the pack judges by the environment of the stack: %s", async (environment, levels) => {
        await start({ "hysds:environment": environment });
        const stack = await subjectsOf("prod");
        const single = only(new Draft(stack).set(REDIS, "automaticFailoverEnabled", false));
        const { diagnostics } = await pack.analyze(single);
        expect(diagnostics.map(({ level }) => level)).toEqual(levels);
    });
});

describe("the configuration", () => {
    it.each(environments)("of %s has values for every setting of every rule", (name) => {
        const configuration = configurationOf(rules, name);
        for (const { name: rule, definition } of rules) {
            const entry = configuration[rule];
            expect(Object.keys(typeof entry === "object" ? entry : {}).sort()).toEqual(
                ["enforcementLevel", ...Object.keys(definition.settings ?? {})].sort(),
            );
        }
    });
});
