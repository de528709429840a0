import { document } from "../references";
import { jobTimeoutSeconds } from "../resources/job-timeouts";
import { Pods, checksPods, commandLine } from "../resources/pods";
import { rule } from "../rule";
import { count, text, texts } from "../setting";

export const celeryGrace = checksPods(
    rule({
        name: "celery-grace-period",
        description:
            "Celery workers may finish the job they run before their pod is killed: a job that is cut off is delivered again and starts from nothing.",
        reference: document(
            "Celery, stopping the worker",
            "https://docs.celeryq.dev/en/stable/userguide/workers.html#stopping-the-worker",
        ),
        fix: "set terminationGracePeriodSeconds to the longest job of the queue (graceSeconds of its description in the catalogue).",
        severity: "high",
        settings: {
            components: texts("Components whose pods are Celery workers.", [
                "hysds:component:HysdsWorker",
            ]),
            jobVariable: text(
                "Variable that workers of jobs have, and workers of tasks have not.",
                "HYSDS_ROOT_WORK_DIR",
            ),
            jobTimeoutHours: count("Longest job where the stack does not say it, hours.", 24),
            taskSeconds: count("Longest task, seconds.", 300),
        },
    }),
    (pods, { report, resource, settings }) => {
        const isComponent = settings.components.some((type) => resource.urn.includes(`${type}$`));
        if (!isComponent && !isCeleryWorker(pods)) {
            return;
        }
        const needed = hasVariable(pods, settings.jobVariable)
            ? jobTimeoutSeconds(pods.name(), settings.jobTimeoutHours)
            : settings.taskSeconds;
        const grace = pods.spec.terminationGracePeriodSeconds ?? 30;
        if (grace < needed) {
            report(`terminationGracePeriodSeconds is ${grace}, less than ${needed}`);
        }
    },
);

function isCeleryWorker({ spec }: Pods): boolean {
    return (spec.containers ?? []).some((container) => {
        const words = commandLine(container);
        return words.includes("celery") && words.includes("worker");
    });
}

function hasVariable({ spec }: Pods, variable: string): boolean {
    return (spec.containers ?? []).some(({ env }) =>
        (env ?? []).some(({ name }) => name === variable),
    );
}
