import { BatchV1Api, KubeConfig, V1Job } from "@kubernetes/client-node";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";
import { poll } from "../polling";

const BOOTSTRAP = "app.kubernetes.io/name=bootstrap";

/** Label of the Jobs that are made here, which are no originals. */
const AGAIN = "hysds-ops/again";

/** Longest run, seconds: the search clusters answer by now. */
const DEADLINE_SECONDS = 600;

const KEEP_SECONDS = 3600;

/**
 * Runs the Job that prepares the search clusters again, by a copy, and waits for its end. It changes nothing that is
 * already so.
 *
 * @throws OperationsError when there is no such Job, it fails, or it takes longer than ten minutes
 */
export async function runBootstrap(
    { kubernetes, namespaces: { services: namespace } }: Installation,
    signal: AbortSignal,
): Promise<void> {
    const api = kubernetes.makeApiClient(BatchV1Api);
    const original = await findOriginal(kubernetes, namespace);
    const made = await api
        .createNamespacedJob({ namespace, body: copyOf(original) })
        .catch((failure: unknown) => {
            throw kubernetesError(failure, kubernetes, "creating the bootstrap Job");
        });
    const name = made.metadata?.name ?? "";
    const outcome = await poll(() => ended(kubernetes, namespace, name), {
        everyMs: 1000,
        timeoutMs: DEADLINE_SECONDS * 1000,
        tooLong: `the bootstrap Job takes too long: "kubectl --namespace ${namespace} logs job/${name}" says why`,
        signal,
    });
    if (outcome === "failed") {
        throw new OperationsError(
            `the bootstrap Job failed: "kubectl --namespace ${namespace} logs job/${name}" says why`,
        );
    }
}

async function findOriginal(kubernetes: KubeConfig, namespace: string): Promise<V1Job> {
    const api = kubernetes.makeApiClient(BatchV1Api);
    const { items } = await api
        .listNamespacedJob({ namespace, labelSelector: BOOTSTRAP })
        .catch((failure: unknown) => {
            throw kubernetesError(failure, kubernetes, "listing Jobs");
        });
    const [newest] = items
        .filter(({ metadata }) => metadata?.labels?.[AGAIN] === undefined)
        .sort((one, other) => createdAt(other) - createdAt(one));
    if (!newest) {
        throw new OperationsError(`there is no bootstrap Job to run again: run "pulumi up"`);
    }
    return newest;
}

function createdAt({ metadata }: V1Job): number {
    return metadata?.creationTimestamp?.getTime() ?? 0;
}

/** Without what the Job controller added: its labels tie pods to one Job. */
function copyOf({ metadata, spec }: V1Job): V1Job {
    const { labels = {}, ...podMetadata } = spec?.template.metadata ?? {};
    const ownLabels = Object.fromEntries(
        Object.entries(labels).filter(([label]) => !/controller-uid$|job-name$/.test(label)),
    );
    return {
        metadata: {
            generateName: "bootstrap-again-",
            labels: { ...metadata?.labels, [AGAIN]: "" },
        },
        spec: {
            backoffLimit: spec?.backoffLimit,
            activeDeadlineSeconds: DEADLINE_SECONDS,
            ttlSecondsAfterFinished: KEEP_SECONDS,
            template: {
                metadata: { ...podMetadata, labels: ownLabels },
                spec: spec?.template.spec,
            },
        },
    };
}

async function ended(
    kubernetes: KubeConfig,
    namespace: string,
    name: string,
): Promise<"complete" | "failed" | undefined> {
    const { status } = await kubernetes
        .makeApiClient(BatchV1Api)
        .readNamespacedJob({ namespace, name });
    const has = (wanted: string) =>
        status?.conditions?.some(({ type, status: value }) => type === wanted && value === "True");
    if (has("Complete")) {
        return "complete";
    }
    return has("Failed") ? "failed" : undefined;
}
