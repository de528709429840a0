import { podSecurity } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const nonRoot = checksContainers(
    rule({
        name: "run-as-non-root",
        description:
            "Processes run as another user than root, which every escape from a container starts from.",
        reference: podSecurity("restricted", "Running as Non-root"),
        fix: "set securityContext.runAsNonRoot to true and runAsUser to the image's user.",
        severity: "high",
    }),
    ({ name, securityContext }, { report, part }, { spec }) => {
        part(() => {
            if ((securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) !== true) {
                report(`runAsNonRoot of container ${name} is not true`);
            }
        });
        part(() => {
            if ((securityContext?.runAsUser ?? spec.securityContext?.runAsUser) === 0) {
                report(`container ${name} runs as user 0`);
            }
        });
    },
);
