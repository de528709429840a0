import { document } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const readiness = checksContainers(
    rule({
        name: "readiness-probe",
        description:
            "Containers that run for ever tell when they are ready: pulumi up otherwise calls a rollout done while no pod reaches its stores.",
        reference: document(
            "Kubernetes probes",
            "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
        ),
        fix: "give the container a readinessProbe.",
        severity: "medium",
    }),
    (container, { report }, { isService }, role) => {
        if (isService && role === "main" && container.readinessProbe === undefined) {
            report(`container ${container.name} has no readinessProbe`);
        }
    },
);
