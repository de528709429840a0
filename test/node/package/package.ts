import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { inTemporaryDirectory, packageName, writeArchive } from "../../../cli/packages/archive";
import { Manifest } from "../../../cli/packages/manifest";

/** Where a parameter of a job comes from and what it is unless that gives one. */
interface Parameter {
    readonly name: string;
    readonly from: string;
    readonly default?: string;
}

/** A job type: a script of this folder, its parameter, and the list that offers it. */
interface JobType {
    readonly name: string;
    readonly script: string;
    readonly component: "figaro" | "tosca";
    readonly parameter: Parameter;
    /** Paths of the worker, and where the job finds them: below its own directory. */
    readonly imports?: Readonly<Record<string, string>>;
}

const VERSION = "1";

/**
 * Job types of the scenario. Each has one parameter, which is the script's argument. The last two are for rules: what
 * they are given is the id of the document that a rule has found.
 */
const JOB_TYPES: readonly JobType[] = [
    {
        name: "produce",
        script: "produce.sh",
        component: "figaro",
        parameter: { name: "dataset_id", from: "submitter", default: "AOI_scenario" },
    },
    {
        name: "fail",
        script: "fail.sh",
        component: "figaro",
        parameter: { name: "reason", from: "submitter", default: "as it was told to" },
    },
    {
        name: "sleep",
        script: "sleep.sh",
        component: "figaro",
        parameter: { name: "seconds", from: "submitter", default: "600" },
    },
    {
        name: "import",
        script: "import.sh",
        component: "figaro",
        parameter: { name: "host", from: "submitter", default: "example.org" },
        imports: {
            "$HOST_VERDI_HOME/.netrc": "netrc",
            "${HYSDS_ROOT_WORK_DIR}/etc/settings.yaml": "settings.yaml",
            "$HOST_VERDI_HOME/.aws": "aws",
        },
    },
    {
        name: "observe-dataset",
        script: "observe.sh",
        component: "tosca",
        parameter: { name: "dataset_id", from: "dataset_jpath:_id" },
    },
    {
        name: "observe-job",
        script: "observe.sh",
        component: "figaro",
        parameter: { name: "job_id", from: "dataset_jpath:_id" },
    },
];

/** Seconds, with the 300 between them that HySDS wants (HARD_TIME_LIMIT_GAP). */
const LIMITS = { soft_time_limit: 3600, time_limit: 3900 };

/** The image of the scenario's jobs: any with a POSIX shell. */
export interface ScenarioImage {
    /** Its name and tag in the installation's registry (CONTAINER_REGISTRY), or the engine's own: without a slash. */
    readonly name: string;
    /** Archive that HySDS downloads and loads; without one, the engine pulls the name. */
    readonly url?: string;
    readonly digest?: string;
}

/** Id of a job type of the scenario, such as `job-scenario-produce:1`. */
export function scenarioJob(name: string): string {
    return `job-scenario-${name}:${VERSION}`;
}

/** Id of its action, by which rules name it. */
export function scenarioAction(name: string): string {
    return `hysds-io-scenario-${name}:${VERSION}`;
}

/** The package as `hysds-ops pkg import` takes it. */
export function scenarioManifest(image: ScenarioImage): Manifest {
    return {
        containers: {
            id: image.name,
            digest: image.digest ?? "sha256:0",
            url: image.url ?? null,
            version: VERSION,
        },
        job_specs: JOB_TYPES.map((type) => jobSpecification(type, image)),
        hysds_ios: JOB_TYPES.map(action),
    };
}

/** Writes the package's archive into a folder and returns its path; the image is not in it. */
export function writeScenarioPackage(image: ScenarioImage, folder: string): Promise<string> {
    const manifest = scenarioManifest(image);
    const name = packageName(image.name);
    const file = path.join(folder, `${name}.tar`);
    return inTemporaryDirectory(async (temporary) => {
        await fs.mkdir(path.join(temporary, name));
        await writeArchive(manifest, temporary, file);
        return file;
    });
}

/** The script goes with the command, so that every image runs it that has a shell. */
function jobSpecification(
    { name, script, parameter, imports = {} }: JobType,
    image: ScenarioImage,
) {
    const text = readFileSync(path.join(__dirname, script), "utf8");
    return {
        id: scenarioJob(name),
        container: image.name,
        "job-version": VERSION,
        command: `sh -c ${quoted(text)} ${name}`,
        params: [{ name: parameter.name, destination: "positional" }],
        imported_worker_files: imports,
        required_queues: [],
        recommended_queues: ["factotum-job_worker-small"],
        disk_usage: "10MB",
        ...LIMITS,
        resource: "jobspec",
    };
}

function action({ name, component, parameter }: JobType) {
    return {
        id: scenarioAction(name),
        "job-specification": scenarioJob(name),
        "job-version": VERSION,
        label: `Scenario: ${name}`,
        component,
        submission_type: "iteration",
        enable_dedup: false,
        params: [{ ...parameter, type: "text" }],
        resource: "hysds-io-specification",
    };
}

/** A word as HySDS splits commands: `shlex.split` in hysds/hysds hysds/job_worker.py. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", `'"'"'`)}'`;
}
