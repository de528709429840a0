import { cisEks } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { isPrivileged, privilegedNamespaces } from "./settings";

export const privileged = checksContainers(
    rule({
        name: "no-privileged-containers",
        description:
            "No container is privileged, which makes it as strong as its node, but those that start the containers of jobs.",
        reference: cisEks("4.2.1"),
        fix: "remove securityContext.privileged, or move the workload to the namespace for jobs.",
        severity: "critical",
        settings: { privilegedNamespaces },
    }),
    ({ name, securityContext }, { report, settings }, { namespace }) => {
        if (securityContext?.privileged !== true) {
            return;
        }
        if (!isPrivileged(namespace(), settings.privilegedNamespaces)) {
            report(`container ${name} is privileged`);
        }
    },
);
