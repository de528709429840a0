import { JOB_DIRECTORY_NAMES, OWN_HOME_FILES } from "../../contract/worker";
import { WorkerDescription } from "../../contract/workers";
import { Source, sourceOf } from "../search/documents";

/** Paths of the worker that a job specification imports into its container; without them HySDS fails its jobs. */
export function importsOf({ imported_worker_files: imports }: Source): readonly string[] {
    return Object.keys(sourceOf(imports));
}

/**
 * Whether jobs of a worker can import a file of it.
 *
 * @param path as a job specification names it, with variables of the worker. Of what is in the worker's image, or below
 *     a volume, nothing can be said: it counts as there.
 */
export function hasFile({ variables, mounts }: WorkerDescription, path: string): boolean {
    const { HOST_VERDI_HOME: home = "", HYSDS_ROOT_WORK_DIR: work = "" } = variables;
    const place = expanded(path, variables).replace(/\/+$/, "");
    const roots = [home, work].filter((root) => root !== "");
    if (!roots.some((root) => isBelow(place, root))) {
        return true;
    }
    const own = [
        ...OWN_HOME_FILES.map((name) => `${home}/${name}`),
        ...JOB_DIRECTORY_NAMES.map((name) => `${work}/${name}`),
    ];
    const mounted = mounts.filter((mountPath) => !roots.includes(mountPath));
    return [...own, ...mounted].some((there) => meets(place, there));
}

const VARIABLE = /\$(\w+|\{[^}]*\})/g;

/** `$NAME` and `${NAME}` as Python's os.path.expandvars has them, by which HySDS reads paths and options. */
export function expanded(text: string, variables: Readonly<Record<string, string>>): string {
    return text.replace(VARIABLE, (whole, name: string) => variables[bare(name)] ?? whole);
}

/** Names of the variables in a text that are not among these: expandvars leaves them as they are. */
export function unknownVariables(
    text: string,
    variables: Readonly<Record<string, string>>,
): readonly string[] {
    return [...text.matchAll(VARIABLE)]
        .map(([, name = ""]) => bare(name))
        .filter((name) => !Object.hasOwn(variables, name));
}

/** Whether two paths are one, or one is below the other. */
export function meets(one: string, other: string): boolean {
    return one === other || isBelow(one, other) || isBelow(other, one);
}

function bare(name: string): string {
    return name.replace(/^\{|\}$/g, "");
}

function isBelow(path: string, directory: string): boolean {
    return path.startsWith(`${directory}/`);
}
