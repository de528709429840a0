import { WorkerDescription } from "../../contract/workers";
import { expanded, hasFile, meets, unknownVariables } from "../jobs/imports";
import { Source } from "../search/documents";
import { CheckFinding, problem, warning } from "./finding";
import { poolFix } from "./pool-fix";
import { bytesText } from "./quantities";

/**
 * Options of `podman run` and `docker run` that are switches. HySDS gives every option its value as a word of its own
 * (hysds/containers/podman.py and docker.py, create_base_cmd), and behind a switch the engine takes that word for the
 * image. https://docs.podman.io/en/latest/markdown/podman-run.1.html,
 * https://docs.docker.com/reference/cli/docker/container/run/
 */
const SWITCHES = new Set([
    "detach",
    "disable-content-trust",
    "env-host",
    "http-proxy",
    "init",
    "interactive",
    "no-healthcheck",
    "no-hostname",
    "no-hosts",
    "oom-kill-disable",
    "passwd",
    "privileged",
    "publish-all",
    "quiet",
    "read-only",
    "read-only-tmpfs",
    "replace",
    "rm",
    "rmi",
    "rootfs",
    "sig-proxy",
    "tls-verify",
    "tty",
    "unsetenv-all",
    "use-api-socket",
]);

/** What the engine would make of options, wherever the job runs. */
export function optionFindings(options: Source, at: string): readonly CheckFinding[] {
    return Object.entries(options).flatMap(([name, value]): readonly CheckFinding[] => {
        const where = `${at}.${name}`;
        if (SWITCHES.has(name)) {
            return [
                problem(
                    where,
                    `--${name} takes no value, and HySDS gives it one, which the engine takes for the image`,
                    `remove ${where}`,
                ),
            ];
        }
        if (name.includes("_")) {
            const meant = name.replaceAll("_", "-");
            return [problem(where, `no engine has an option --${name}`, `${at}.${meant}`)];
        }
        return typeof value === "string" || typeof value === "number"
            ? []
            : [
                  problem(
                      where,
                      "HySDS writes the value as Python prints it, which the engine does not understand",
                      `a text or a number in ${where}`,
                  ),
              ];
    });
}

/** What of the options the workers of a queue can't give. */
export function optionFindingsOn(
    worker: WorkerDescription,
    options: Source,
    at: string,
): readonly CheckFinding[] {
    return Object.entries(options).flatMap(([name, value]): readonly CheckFinding[] => {
        const text = String(value);
        const where = `${at}.${name}`;
        const unknown = unknownVariables(text, worker.variables);
        if (typeof value === "string" && unknown.length > 0) {
            return worker.hasMoreVariables ? [] : [unexpanded(worker, where, unknown)];
        }
        const place = expanded(text, worker.variables);
        return OPTION_CHECKS[name]?.(worker, where, place) ?? [];
    });
}

type OptionCheck = (
    worker: WorkerDescription,
    at: string,
    value: string,
) => readonly CheckFinding[] | undefined;

const OPTION_CHECKS: Readonly<Record<string, OptionCheck>> = {
    gpus: noGpu,
    device: (worker, at, value) =>
        value.startsWith("nvidia.com/gpu") ? noGpu(worker, at) : undefined,
    memory: lessMemory,
    volume: (worker, at, value) => absentVolume(worker, at, value.split(":")[0] ?? ""),
    mount: (worker, at, value) =>
        absentVolume(worker, at, /(?:^|,)(?:source|src)=([^,]+)/.exec(value)?.[1] ?? ""),
    // The client reads it, in the worker.
    "env-file": (worker, at, value) =>
        hasFile(worker, value)
            ? undefined
            : [problem(at, `${value} is not on ${worker.name}`, "hysds:workerFiles")],
};

/** hysds/containers/base.py leaves `gpus` out where HYSDS_GPU_AVAILABLE is 0, and starts the job without it. */
function noGpu({ name, gpus }: WorkerDescription, at: string): readonly CheckFinding[] {
    return gpus > 0
        ? []
        : [
              problem(
                  at,
                  `${name} has no GPU`,
                  `a queue whose workers have one, or an image that needs none and no ${at}`,
              ),
          ];
}

const MEMORY_UNITS: Readonly<Record<string, number>> = {
    b: 1,
    k: 2 ** 10,
    m: 2 ** 20,
    g: 2 ** 30,
};

/** The pod's limit holds for what the engine starts: docs/jobs.md. */
function lessMemory(
    worker: WorkerDescription,
    at: string,
    value: string,
): readonly CheckFinding[] | undefined {
    const [, amount = "", unit = "b"] = /^(\d+(?:\.\d+)?)([bkmg])?$/i.exec(value.trim()) ?? [];
    const wanted = Number(amount) * (MEMORY_UNITS[unit.toLowerCase()] ?? 1);
    const { name, memoryBytes: given } = worker;
    if (amount === "" || given === undefined || wanted <= given) {
        return undefined;
    }
    const gib = `${Math.ceil(wanted / 2 ** 30)}Gi`;
    return [
        problem(
            at,
            `the job may use ${value}, and jobs of ${name} have ${bytesText(given)} together: beyond that they are killed`,
            poolFix(worker, { field: "memory", value: gib }),
        ),
    ];
}

/** Directories that the engine's image has: of what is in them nothing can be said. */
const OF_ENGINE =
    /^\/(bin|boot|dev|etc|lib|lib64|media|mnt|opt|proc|run|sbin|srv|sys|tmp|usr|var)(\/|$)/;

/**
 * The engine opens a volume's source in its own container. Podman refuses one that is not there
 * (https://docs.podman.io/en/latest/markdown/podman-run.1.html#volume-v-source-volume-host-dir-container-dir-options),
 * Docker makes an empty directory (https://docs.docker.com/engine/storage/bind-mounts/).
 */
function absentVolume(
    worker: WorkerDescription,
    at: string,
    source: string,
): readonly CheckFinding[] | undefined {
    const isThere =
        !source.startsWith("/") ||
        OF_ENGINE.test(source) ||
        worker.engineMounts.some((mount) => meets(source, mount));
    if (isThere) {
        return undefined;
    }
    const fix = `have the files in the job's image, import them (imported_worker_files), or fetch them into the job's directory`;
    return worker.engine === "podman"
        ? [problem(at, `${source} is not in the engine of ${worker.name}: it refuses the job`, fix)]
        : [
              warning(
                  at,
                  `${source} is not in the engine of ${worker.name}: the job finds it empty`,
                  fix,
              ),
          ];
}

function unexpanded(
    { name }: WorkerDescription,
    at: string,
    unknown: readonly string[],
): CheckFinding {
    const variables = unknown.map((each) => `$${each}`).join(", ");
    return problem(
        at,
        `${name} has no variable ${variables}: the engine gets the text as it is`,
        `pulumi config set --path 'hysds:workloads.${name}.env.${unknown[0] ?? ""}' VALUE, or write the value out`,
    );
}
