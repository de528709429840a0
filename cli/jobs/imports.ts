import { AppsV1Api, V1Container, V1Deployment } from "@kubernetes/client-node";
import { QUEUE_ANNOTATION } from "../../contract/labels";
import { JOB_DIRECTORY_NAMES, OWN_HOME_FILES } from "../../contract/worker";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";
import { Source } from "../search/documents";

/** A worker of a job queue, and whether its jobs can import a file of it. */
export interface JobWorker {
    readonly name: string;
    readonly queue: string;
    /**
     * @param path as a job specification names it, with variables of the worker. Of what is in the worker's image, or
     *     below a volume, nothing can be said: it counts as there.
     */
    has(path: string): boolean;
}

/** Paths of the worker that a job specification imports into its container; without them HySDS fails its jobs. */
export function importsOf({ imported_worker_files: imports }: Source): readonly string[] {
    return typeof imports === "object" && imports !== null ? Object.keys(imports) : [];
}

/** The workers that run jobs. */
export async function jobWorkers({
    kubernetes,
    namespaces: { jobs: namespace },
}: Pick<Installation, "kubernetes" | "namespaces">): Promise<readonly JobWorker[]> {
    try {
        const { items } = await kubernetes
            .makeApiClient(AppsV1Api)
            .listNamespacedDeployment({ namespace });
        return items.flatMap(jobWorker);
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, `listing workloads of ${namespace}`);
    }
}

function jobWorker({ metadata, spec }: V1Deployment): JobWorker[] {
    const queue = metadata?.annotations?.[QUEUE_ANNOTATION];
    const container = spec?.template.spec?.containers[0];
    return queue === undefined || container === undefined
        ? []
        : [{ name: metadata?.name ?? "", queue, has: (path) => isThere(path, container) }];
}

function isThere(path: string, { env = [], volumeMounts = [] }: V1Container): boolean {
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value ?? ""]));
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
    const mounted = volumeMounts
        .map(({ mountPath }) => mountPath)
        .filter((mountPath) => !roots.includes(mountPath));
    return [...own, ...mounted].some(
        (there) => place === there || isBelow(there, place) || isBelow(place, there),
    );
}

/** `$NAME` and `${NAME}` as Python's os.path.expandvars has them, by which HySDS reads the paths. */
function expanded(path: string, variables: Readonly<Record<string, string>>): string {
    return path.replace(
        /\$(\w+|\{[^}]*\})/g,
        (whole, name: string) => variables[name.replace(/^\{|\}$/g, "")] ?? whole,
    );
}

function isBelow(path: string, directory: string): boolean {
    return path.startsWith(`${directory}/`);
}
