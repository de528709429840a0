import { WorkerDescription } from "../../contract/workers";
import { Source } from "../search/documents";
import { paramsOf } from "./actions";
import { containersOf, dependencyImages } from "./containers";
import { CheckFinding, problem, warning } from "./finding";
import { imageFindings } from "./images";
import { importFindings, importFindingsOn } from "./imports";
import { poolFix } from "./pool-fix";
import { bytesText, diskBytes } from "./quantities";
import { optionFindings, optionFindingsOn } from "./runtime-options";

/** What is wrong with a job specification wherever its jobs run. */
export function specFindings(spec: Source): readonly CheckFinding[] {
    return [
        ...commandFindings(spec),
        ...paramFindings(spec),
        ...limitFindings(spec),
        ...containersOf(spec).flatMap(({ imports, importsAt, options, optionsAt }) => [
            ...importFindings(imports, importsAt),
            ...optionFindings(options, optionsAt),
        ]),
        ...dependencyFindings(spec),
        ...processorFindings(spec),
    ];
}

/** What the workers of a queue lack for the jobs of a specification. */
export function specFindingsOn(worker: WorkerDescription, spec: Source): readonly CheckFinding[] {
    return [
        ...filesFindingsOn(worker, spec),
        ...containersOf(spec).flatMap(({ options, optionsAt }) =>
            optionFindingsOn(worker, options, optionsAt),
        ),
        ...diskFindings(worker, spec),
        ...timeFindings(worker, spec),
    ];
}

/** What of it is about files, which a new pool has or lacks as the others do. */
export function filesFindingsOn(worker: WorkerDescription, spec: Source): readonly CheckFinding[] {
    return containersOf(spec).flatMap(({ imports, importsAt }) =>
        importFindingsOn(worker, imports, importsAt),
    );
}

/** What HySDS puts into a job's payload beside its parameters: hysds_commons/job_utils.py, resolve_hysds_job. */
const PAYLOAD = [
    "_command",
    "_disk_usage",
    "localize_urls",
    "job_specification",
    "container_specification",
    "tag",
];

/** A word of a command that HySDS fills in: hysds/job_worker.py, run_job. */
const FILLED_IN = /^\$(\w+)$/;

/**
 * The words of a command reach the container as they are: no shell is between, and HySDS fills in whole words behind
 * the first alone. hysds/job_worker.py, run_job.
 */
function commandFindings(spec: Source): readonly CheckFinding[] {
    const { command } = spec;
    if (typeof command !== "string" || command.trim() === "") {
        const message = "there is no command: what starts in the container is the first parameter";
        return [problem("command", message, 'command: "/path/in/the/image"')];
    }
    const [program = "", ...words] = command.trim().split(/\s+/);
    const known = [...PAYLOAD, ...namesOf(spec, ["positional", "context"])];
    return [
        ...(program.includes("$") || program.startsWith("~")
            ? [
                  warning(
                      "command",
                      `nobody expands ${program}, unless the image's entrypoint does`,
                      "the path written out in command",
                  ),
              ]
            : []),
        ...words
            .flatMap((word) => FILLED_IN.exec(word)?.[1] ?? [])
            .filter((name) => !known.includes(name))
            .map((name) =>
                problem(
                    "command",
                    `HySDS fills in $${name} from the job's parameters, and there is none of that name: the job fails`,
                    `a parameter ${name} in params, or another word in command`,
                ),
            ),
    ];
}

const DESTINATIONS = ["positional", "localize", "context"];

function namesOf(spec: Source, destinations: readonly string[]): readonly string[] {
    return paramsOf(spec)
        .filter(({ destination }) => destinations.includes(String(destination)))
        .map(({ name }) => String(name));
}

/** hysds_commons/job_utils.py, resolve_hysds_job and route_outputs. */
function paramFindings(spec: Source): readonly CheckFinding[] {
    return paramsOf(spec).flatMap(({ name, destination }, index): readonly CheckFinding[] => {
        const at = `params[${index}]`;
        if (typeof name !== "string") {
            return [problem(at, "it has no name: no job can be submitted", `${at}.name`)];
        }
        return DESTINATIONS.includes(String(destination))
            ? []
            : [
                  warning(
                      `${at}.destination`,
                      `the job never gets ${name}: HySDS knows ${DESTINATIONS.join(", ")}`,
                      `${at}.destination: "context"`,
                  ),
              ];
    });
}

/** hysds/log_utils.py, ensure_hard_time_limit_gap; hysds/utils.py, get_threshold. */
export function limitFindings(spec: Source): readonly CheckFinding[] {
    const times = ["soft_time_limit", "time_limit"].filter(
        (field) => spec[field] !== undefined && spec[field] !== null,
    );
    const { disk_usage: usage } = spec;
    return [
        ...times
            .filter((field) => typeof spec[field] !== "number")
            .map((field) =>
                problem(
                    field,
                    "it is no number of seconds: HySDS fails to queue the job",
                    `${field}: 3600`,
                ),
            ),
        ...(usage === undefined || usage === null || diskBytes(usage) !== undefined
            ? []
            : [
                  problem(
                      "disk_usage",
                      `HySDS can't read ${JSON.stringify(usage)}, and fails the job`,
                      'disk_usage: "20GB", a whole number with KB, MB or GB',
                  ),
              ]),
    ];
}

/** hysds/job_worker.py, run_job, takes these from each without asking whether they are there. */
const OF_DEPENDENCY = ["container_image_name", "container_image_url", "container_mappings"];

function dependencyFindings(spec: Source): readonly CheckFinding[] {
    return dependencyImages(spec).flatMap((image, index) => {
        const at = `dependency_images[${index}]`;
        return [
            ...OF_DEPENDENCY.filter((field) => !(field in image)).map((field) =>
                problem(
                    at,
                    `it has no ${field}, without which HySDS fails the job`,
                    `${at}.${field}: ${field === "container_mappings" ? "{}" : "null"}`,
                ),
            ),
            ...imageFindings(
                { name: image.container_image_name, url: image.container_image_url },
                { name: `${at}.container_image_name`, url: `${at}.container_image_url` },
            ),
        ];
    });
}

/** hysds/utils.py, get_func: the worker imports them, so they are in its own image. */
function processorFindings(spec: Source): readonly CheckFinding[] {
    return (["pre", "post"] as const).flatMap((field) => {
        const functions = Array.isArray(spec[field]) ? spec[field].map(String) : [];
        return functions
            .filter((name) => !name.startsWith("hysds."))
            .map((name) =>
                warning(
                    field,
                    `workers import ${name} themselves: it has to be in their image or bundle`,
                    "pulumi config set --path 'hysds:workers[N].image' IMAGE, or hysds-ops ship",
                ),
            );
    });
}

/**
 * HySDS only clears old directories for it (hysds/job_worker.py, cleanup); what ends a job that needs more is the
 * kubelet. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
function diskFindings(worker: WorkerDescription, spec: Source): readonly CheckFinding[] {
    const wanted = diskBytes(spec.disk_usage) ?? 0;
    const { name, diskBytes: given } = worker;
    return given === undefined || wanted <= given
        ? []
        : [
              problem(
                  "disk_usage",
                  `the job needs ${bytesText(wanted)}, and the work directory of ${name} has ${bytesText(given)}: a pod that writes more is evicted`,
                  poolFix(worker, { field: "diskGiB", value: Math.ceil(wanted / 2 ** 30) }),
              ),
          ];
}

const SECONDS_PER_HOUR = 3600;

/**
 * The soft limit ends a job by itself; the hard one is only what follows where it does not. A pod that a rollout or an
 * autoscaler ends waits for its job so long and no longer, and the broker has then given the job to another.
 */
function timeFindings(worker: WorkerDescription, spec: Source): readonly CheckFinding[] {
    const field = typeof spec.soft_time_limit === "number" ? "soft_time_limit" : "time_limit";
    const { [field]: limit } = spec;
    const { name, longestSeconds } = worker;
    return typeof limit !== "number" || limit <= longestSeconds
        ? []
        : [
              problem(
                  field,
                  `the job may take ${limit} s, and a pod of ${name} that ends waits ${longestSeconds} s for it: then it is killed, and starts anew`,
                  poolFix(worker, {
                      field: "timeoutHours",
                      value: Math.ceil(limit / SECONDS_PER_HOUR),
                  }),
              ),
          ];
}
