import {
    BatchV1Api,
    CoreV1Api,
    V1Container,
    V1CronJob,
    V1Job,
    V1JobCondition,
    V1Pod,
} from "@kubernetes/client-node";
import { FETCH_CONTAINER, SCRIPT_CONTAINER } from "../../contract/backups";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { poll } from "../polling";

/** How long a finished Job stays, for its logs. */
const KEPT_SECONDS = 3600;
/** Milliseconds between two looks at a Job. */
const POLL_MS = 2000;

/** One run of the scripts of a store. */
export interface BackupRunArgs {
    readonly cronJob: V1CronJob;
    /** Of the script: `take`, `list`, or `restore` with a name and options. */
    readonly args: readonly string[];
    /** Of the backup to fetch, for stores whose server reads a file. */
    readonly backup?: string;
}

/**
 * Runs the scripts of a store once, as a Job from its CronJob, and waits for the end of it, which Kubernetes brings about
 * when the Job's own deadline is over.
 *
 * @param signal ends the wait; the Job runs on, for a backup or a restore that stops half way is none
 * @returns the JSON that the scripts ended with
 * @throws OperationsError with the last line of what failed, or with the way to the Job that is no longer waited for
 */
export async function runBackupJob<Answer>(
    installation: Installation,
    run: BackupRunArgs,
    signal: AbortSignal,
): Promise<Answer> {
    const batch = installation.kubernetes.makeApiClient(BatchV1Api);
    const namespace = installation.namespaces.services;
    const created = await batch.createNamespacedJob({ namespace, body: jobOf(run, namespace) });
    const name = created.metadata?.name ?? "";
    const ended = await poll(() => endOf(batch, { name, namespace }), {
        everyMs: POLL_MS,
        signal,
    }).catch((failure: unknown) => {
        throw signal.aborted
            ? new OperationsError(
                  `job ${name} is no longer waited for, and runs on: kubectl --namespace ${namespace} logs --follow job/${name}`,
              )
            : failure;
    });
    if (ended.type === "Failed") {
        const why = (await failureOf(installation, name)) ?? ended.message ?? "it failed";
        throw new OperationsError(`job ${name}: ${why}`);
    }
    return answerOf<Answer>(await lastLine(installation, name), name);
}

/** The condition that says that a Job has ended, and how; none while it runs. */
async function endOf(
    batch: BatchV1Api,
    job: { readonly name: string; readonly namespace: string },
): Promise<V1JobCondition | undefined> {
    const { status } = await batch.readNamespacedJob(job);
    return status?.conditions?.find(
        ({ type, status: holds }) => holds === "True" && (type === "Complete" || type === "Failed"),
    );
}

function jobOf({ cronJob, args, backup }: BackupRunArgs, namespace: string): V1Job {
    const name = cronJob.metadata?.name ?? "";
    const { metadata, spec } = cronJob.spec?.jobTemplate ?? {};
    const pod = spec?.template.spec;
    if (!spec || !pod) {
        throw new OperationsError(`CronJob ${name} has no template of Jobs`);
    }
    const told = (container: V1Container): V1Container =>
        container.name === SCRIPT_CONTAINER
            ? { ...container, args: [...args] }
            : container.name === FETCH_CONTAINER
              ? { ...container, args: ["fetch", backup ?? ""] }
              : container;
    return {
        metadata: {
            generateName: `${name}-manual-`,
            namespace,
            labels: metadata?.labels,
            annotations: { "cronjob.kubernetes.io/instantiate": "manual" },
        },
        spec: {
            ...spec,
            backoffLimit: 0,
            ttlSecondsAfterFinished: KEPT_SECONDS,
            template: {
                ...spec.template,
                spec: {
                    ...pod,
                    // A list needs neither a dump nor a server that has read one.
                    initContainers: args[0] === "list" ? [] : pod.initContainers?.map(told),
                    containers: pod.containers.map(told),
                },
            },
        },
    };
}

async function podOf(installation: Installation, job: string): Promise<V1Pod | undefined> {
    const { items } = await installation.kubernetes.makeApiClient(CoreV1Api).listNamespacedPod({
        namespace: installation.namespaces.services,
        labelSelector: `batch.kubernetes.io/job-name=${job}`,
    });
    return items[0];
}

async function lastLine(installation: Installation, job: string): Promise<string> {
    const pod = await podOf(installation, job);
    const log = await installation.kubernetes.makeApiClient(CoreV1Api).readNamespacedPodLog({
        name: pod?.metadata?.name ?? "",
        namespace: installation.namespaces.services,
        container: SCRIPT_CONTAINER,
    });
    return log.trim().split("\n").pop() ?? "";
}

function answerOf<Answer>(line: string, job: string): Answer {
    try {
        return JSON.parse(line) as Answer;
    } catch (failure) {
        throw new OperationsError(`job ${job} ended with no answer: ${line}`, { cause: failure });
    }
}

/** The last line of the first container that failed. */
async function failureOf(installation: Installation, job: string): Promise<string | undefined> {
    const status = (await podOf(installation, job))?.status;
    const containers = [
        ...(status?.initContainerStatuses ?? []),
        ...(status?.containerStatuses ?? []),
    ];
    const failed = containers.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
    return failed?.state?.terminated?.message?.trim().split("\n").pop();
}
