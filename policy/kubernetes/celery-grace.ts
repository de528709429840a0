import { document } from "../references";
import { jobTimeoutSeconds } from "../resources/job-timeouts";
import { Pods, checksPods, commandLine } from "../resources/pods";
import { rule } from "../rule";
import { count, texts } from "../setting";

export const celeryGrace = checksPods(
    rule({
        name: "celery-grace-period",
        description:
            "Celery workers may finish the job they run before their pod is killed: a job that is cut off is delivered again and starts from nothing.",
        reference: document(
            "Celery, stopping the worker",
            "https://docs.celeryq.dev/en/stable/userguide/workers.html#stopping-the-worker",
        ),
        fix: "set terminationGracePeriodSeconds to the longest job of the queue (graceSeconds of its row in the catalogue).",
        severity: "high",
        settings: {
            component: texts("Components whose pods are Celery workers.", [
                "hysds:component:HysdsWorker",
            ]),
            jobNamespaces: texts("Namespaces whose workers run jobs; others run tasks.", [
                "hysds-jobs",
            ]),
            jobTimeoutHours: count("Longest job where the stack does not say it, hours.", 24),
            taskSeconds: count("Longest task, seconds.", 300),
        },
    }),
    (pods, { report, resource, settings }) => {
        const isComponent = settings.component.some((type) => resource.urn.includes(`${type}$`));
        if (!isComponent && !isCeleryWorker(pods)) {
            return;
        }
        const needed = settings.jobNamespaces.includes(pods.namespace() ?? "")
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
