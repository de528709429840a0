import * as path from "node:path";
import { REFUSED_MOUNTS } from "../../contract/worker";
import { WorkerDescription } from "../../contract/workers";
import { expanded, hasFile, unknownVariables } from "../jobs/imports";
import { Source } from "../search/documents";
import { CheckFinding, problem } from "./finding";

/** On Kubernetes HySDS takes /etc off its list, for it mounts hosts and resolv.conf: hysds/containers/base.py. */
const REFUSED = REFUSED_MOUNTS.filter((root) => root !== "/etc");

/** What HySDS imports into every container beside: hysds/containers/base.py, create_container_params. */
const ALWAYS_BY_PATH = ["/etc/hosts", "/etc/resolv.conf"];
const ALWAYS_BY_NAME = ["celeryconfig.py", "datasets.json"];

/**
 * What is wrong with imports wherever the job runs: places that HySDS does not take (a text, or a list of path and
 * mode), and two of one name, for it copies all of them by their last names into one directory.
 * hysds/containers/base.py, create_container_params and copy_mount.
 */
export function importFindings(imports: Source, at: string): readonly CheckFinding[] {
    const shapes = Object.entries(imports)
        .filter(([, place]) => !isPlace(place))
        .map(([file]) =>
            problem(
                `${at}.${file}`,
                "HySDS takes a path in the container, or a list of path and mode, and fails the job for anything else",
                `${at}: { "${file}": "/home/ops/${path.posix.basename(file)}" }`,
            ),
        );
    return [...shapes, ...sameNames(imports, at)];
}

function isPlace(place: unknown): boolean {
    return (
        typeof place === "string" ||
        (Array.isArray(place) &&
            place.length > 0 &&
            place.slice(0, 2).every((part) => typeof part === "string"))
    );
}

function sameNames(imports: Source, at: string): readonly CheckFinding[] {
    const places = Object.values(imports).map((place) => [place].flat()[0]);
    const beside = [
        ...ALWAYS_BY_PATH.filter((file) => !(file in imports) && !places.includes(file)),
        ...ALWAYS_BY_NAME.filter((name) => !places.includes(name)),
    ];
    const all = [...Object.keys(imports), ...beside];
    const names = all.map((file) => path.posix.basename(file.replace(/\/+$/, "")));
    return Object.keys(imports).flatMap((file, index) => {
        const other = names.indexOf(names[index] ?? "", index + 1);
        return other < 0
            ? []
            : [
                  problem(
                      at,
                      `${file} and ${all[other]} have one name, by which HySDS copies both into one directory: the second copy fails, or is what the job finds at both places`,
                      `import one of them under another name, or the directory that ${file} is in`,
                  ),
              ];
    });
}

/** What of the imports the workers of a queue lack, or HySDS refuses to mount from them. */
export function importFindingsOn(
    worker: WorkerDescription,
    imports: Source,
    at: string,
): readonly CheckFinding[] {
    return Object.keys(imports).flatMap((file): readonly CheckFinding[] => {
        const unknown = unknownVariables(file, worker.variables);
        if (unknown.length > 0) {
            return worker.hasMoreVariables ? [] : [unknownVariable(worker, at, file, unknown)];
        }
        const place = expanded(file, worker.variables);
        if (place === "/" || REFUSED.some((root) => place.startsWith(root))) {
            return [refused(at, file)];
        }
        return hasFile(worker, file) ? [] : [missing(worker, at, file, place)];
    });
}

function unknownVariable(
    { name }: WorkerDescription,
    at: string,
    text: string,
    unknown: readonly string[],
): CheckFinding {
    const variable = unknown[0] ?? "";
    return problem(
        at,
        `${text} names ${unknown.map((each) => `$${each}`).join(", ")}, which ${name} does not have: HySDS looks for the text as it is`,
        `pulumi config set --path 'hysds:workloads.${name}.env.${variable}' VALUE, or write the path out`,
    );
}

/** hysds/containers/base.py, verify_container_mount. */
function refused(at: string, file: string): CheckFinding {
    return problem(
        at,
        `HySDS refuses to mount ${file}: nothing of ${REFUSED.join(", ")} reaches a job`,
        `have it in the job's image, or import a copy that lies elsewhere`,
    );
}

/** hysds/containers/base.py, copy_mount: FileNotFoundError. */
function missing(
    { name, variables }: WorkerDescription,
    at: string,
    file: string,
    place: string,
): CheckFinding {
    const { HOST_VERDI_HOME: home = "" } = variables;
    const setting = place.startsWith(`${home}/`) ? `~${place.slice(home.length)}` : place;
    return problem(
        at,
        `${file} is not on ${name}: the job fails before its container starts`,
        `pulumi config set --path 'hysds:workerFiles[N].path' '${setting}', and its content or secret (docs/worker-files.md)`,
    );
}
