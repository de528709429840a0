import * as k8s from "@pulumi/kubernetes";
import { podTemplate } from "./pod";
import { admit, metadataOf, optionsOf, WorkloadArgs, WorkloadOptions } from "./workload";

export interface JobArgs extends WorkloadArgs {
    /** How often it is tried again. */
    readonly backoffLimit: number;
    /** How long all its tries may take together, seconds. */
    readonly deadlineSeconds: number;
}

export interface CronJobArgs extends JobArgs {
    /** Five fields, UTC. */
    readonly schedule: string;
    /** Only a template, of which jobs are made by hand. */
    readonly suspend: boolean;
    /** How late it may start when the schedule was missed, seconds. */
    readonly startingDeadlineSeconds: number;
}

/**
 * A Job, which Kubernetes names after its resource: one that changes is another one.
 *
 * @param resourceName of the Job in the stack
 */
export function job(
    resourceName: string,
    args: JobArgs,
    options: WorkloadOptions,
): k8s.batch.v1.Job {
    const { namespace, labels } = metadataOf(args);
    admit(args, options);
    return new k8s.batch.v1.Job(
        resourceName,
        { metadata: { namespace, labels }, spec: jobSpec(args) },
        optionsOf(args, options),
    );
}

/**
 * A CronJob of which one Job runs at a time.
 *
 * @param resourceName of the CronJob in the stack
 */
export function cronJob(
    resourceName: string,
    args: CronJobArgs,
    options: WorkloadOptions,
): k8s.batch.v1.CronJob {
    const metadata = metadataOf(args);
    admit(args, options);
    return new k8s.batch.v1.CronJob(
        resourceName,
        {
            metadata,
            spec: {
                schedule: args.schedule,
                timeZone: "Etc/UTC",
                suspend: args.suspend,
                concurrencyPolicy: "Forbid",
                startingDeadlineSeconds: args.startingDeadlineSeconds,
                successfulJobsHistoryLimit: 1,
                failedJobsHistoryLimit: 3,
                jobTemplate: { metadata: { labels: metadata.labels }, spec: jobSpec(args) },
            },
        },
        optionsOf(args, options),
    );
}

function jobSpec(args: JobArgs): k8s.types.input.batch.v1.JobSpec {
    const { name, component, pod, backoffLimit, deadlineSeconds } = args;
    return {
        backoffLimit,
        activeDeadlineSeconds: deadlineSeconds,
        template: podTemplate(name, component, pod, "Never"),
    };
}
