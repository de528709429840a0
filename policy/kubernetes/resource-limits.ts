import { document } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { texts } from "../setting";

export const resourceLimits = checksContainers(
    rule({
        name: "requests-and-limits",
        description:
            "Containers say what they need and what they may take at most: the scheduler otherwise packs workers until a node's memory ends, and takes the stores' pods with them.",
        reference: document(
            "Kubernetes resource management",
            "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
        ),
        fix: "give the container resources.requests and resources.limits for cpu and memory.",
        severity: "medium",
        settings: {
            requests: texts("What must be requested.", ["cpu", "memory"]),
            limits: texts("What must be limited.", ["cpu", "memory"]),
        },
    }),
    ({ name, resources }, { report, part, settings }) => {
        for (const kind of ["requests", "limits"] as const) {
            part(() => {
                const given = Object.keys(resources?.[kind] ?? {});
                const missing = settings[kind].filter((resource) => !given.includes(resource));
                if (missing.length > 0) {
                    report(`resources.${kind} of container ${name} lack ${missing.join(", ")}`);
                }
            });
        }
    },
);
