import { document } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { texts } from "../setting";

export const liveness = checksContainers(
    rule({
        name: "liveness-probe",
        description:
            "Containers that can hang tell that they are alive: a worker whose connection to the broker is stuck otherwise takes no job until somebody notices.",
        reference: document(
            "Kubernetes probes",
            "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
        ),
        fix: "give the container a livenessProbe that does not depend on another service.",
        severity: "medium",
        settings: {
            exceptComponents: texts(
                "Components whose processes give no sign of life, and are started again when they end.",
                ["hysds:component:HysdsSingleton", "hysds:component:HysdsNodeAgent"],
            ),
        },
    }),
    (container, { report, resource, settings }, { isService }, role) => {
        const isExcepted = settings.exceptComponents.some((type) => resource.urn.includes(type));
        const runsForEver = isService && role === "main" && !isExcepted;
        if (runsForEver && container.livenessProbe === undefined) {
            report(`container ${container.name} has no livenessProbe`);
        }
    },
);
