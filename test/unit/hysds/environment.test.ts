import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../components/hysds/catalog";
import { WorkloadSpec } from "../../../components/hysds/catalog/workload-spec";
import { parseContract } from "../../../workshop/scripts/support/contract";
import { SAR_POOL, hysdsSettings, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { mainContainer, workload } from "../../support/workloads";

const hysds = { workers: [SAR_POOL] };

/** Workloads of the catalogue by the word that the contract has for them. */
const PROCESSES: Readonly<Record<string, (spec: WorkloadSpec) => boolean>> = {
    "job workers": (spec) => spec.kind === "worker" && spec.jobs !== undefined,
    orchestrators: ({ name }) => name.startsWith("orchestrator-"),
};

/** A directory of release/hysds, which the image has; all others are mounted. */
const IN_IMAGE = ["/opt/hysds/hysds/scripts/job_creators"];

/** What each variable is, as its reader takes it. */
const MEANINGS: Readonly<Record<string, "path" | RegExp>> = {
    HYSDS_CELERY_CFG: "path",
    HYSDS_DATASETS_CFG: "path",
    HYSDS_ROOT_WORK_DIR: "path",
    HYSDS_ORCHESTRATOR_CFG: "path",
    HYSDS_JOB_CREATORS_DIR: "path",
    HOST_VERDI_HOME: "path",
    HOST_USER: /^ops$/,
    HOST_UID: /^1000$/,
    HYSDS_GPU_AVAILABLE: /^[01]$/,
};

const yaml = join(__dirname, "../../../docs/hysds-contract.yaml");
const rows = parseContract(readFileSync(yaml, "utf8"))
    .files.filter(({ file }) => file === "environment")
    .flatMap((file) => file.rows)
    .filter(({ status }) => status === "workload");

function workloadsOf(process: string): string[] {
    return process.split(", ").flatMap((word) => {
        const names = catalogue(hysdsSettings({ hysds }))
            .filter((spec) => PROCESSES[word]?.(spec))
            .map(({ name }) => name);
        return names.length > 0 ? names : [`no workload for ${word}`];
    });
}

let installation: Registered;

beforeAll(async () => {
    installation = await installHysds({ hysds });
});

function variables(name: string): Map<string, string | undefined> {
    const { env } = mainContainer(workload(installation, name));
    return new Map(env?.map((variable) => [variable.name, variable.value]));
}

describe("the variables that HySDS reads of its own environment", () => {
    it.each(rows.map(({ key, process }) => [key, process] as const))(
        "%s is set for %s, and what it names is there",
        (key, process) => {
            for (const name of workloadsOf(process)) {
                const value = variables(name).get(key);
                const meaning = MEANINGS[key];
                expect(value, name).toEqual(expect.any(String));
                if (meaning instanceof RegExp) {
                    expect(value, name).toMatch(meaning);
                    continue;
                }
                const { volumeMounts } = mainContainer(workload(installation, name));
                const present = [...volumeMounts.map(({ mountPath }) => mountPath), ...IN_IMAGE];
                expect(present, name).toContain(value);
            }
        },
    );

    it("are the only ones of these names: nobody is told what nobody reads", () => {
        const read = new Set(rows.map(({ key }) => key));
        // Of this project's modules in the worker.
        read.add("HYSDS_HEARTBEAT_DIRECTORY").add("HYSDS_ENGINE_CLIENT");
        const made = catalogue(hysdsSettings({ hysds })).filter(({ kind }) => kind !== "sidecar");
        for (const { name } of made) {
            const set = [...variables(name).keys()].filter((key) => /^(HYSDS|HOST)_/.test(key));
            expect(
                set.filter((key) => !read.has(key)),
                name,
            ).toEqual([]);
        }
    });
});
