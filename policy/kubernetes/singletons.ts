import * as k8s from "@pulumi/kubernetes";
import { document } from "../references";
import { rule } from "../rule";
import { texts } from "../setting";

export const singletons = rule({
    name: "exactly-one-recreate",
    description:
        "Services of which exactly one may run have one replica and the strategy Recreate: two process_events write every event twice, even for the seconds of a rollout.",
    reference: document(
        "Kubernetes Deployment, Recreate",
        "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment",
    ),
    fix: "make the workload a HysdsSingleton, or set replicas to 1 and strategy.type to Recreate.",
    severity: "high",
    settings: {
        components: texts("Components whose Deployments are such services.", [
            "hysds:component:HysdsSingleton",
        ]),
        names: texts("Names of Deployments that are such services.", [
            "process-events",
            "watchdog-job-timeouts",
            "watchdog-task-timeouts",
            "watchdog-worker-timeouts",
        ]),
    },
}).checks(k8s.apps.v1.Deployment, ({ metadata, spec }, context) => {
    const { report, part, resource, settings } = context;
    const isSingleton =
        settings.components.some((type) => resource.urn.includes(`${type}$`)) ||
        settings.names.includes(metadata?.name ?? "");
    if (!isSingleton) {
        return;
    }
    part(() => {
        if (spec?.replicas !== 1) {
            report(`replicas is ${spec?.replicas ?? "not set"}`);
        }
    });
    part(() => {
        if (spec?.strategy?.type !== "Recreate") {
            report(`strategy.type is ${spec?.strategy?.type ?? "RollingUpdate"}`);
        }
    });
});
