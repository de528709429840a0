import { podSecurity } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";
import { texts } from "../setting";

export const capabilities = checksContainers(
    rule({
        name: "drop-capabilities",
        description:
            "Containers drop all Linux capabilities; the default set can forge packets and change owners of files.",
        reference: podSecurity("restricted", "Capabilities"),
        fix: "set securityContext.capabilities.drop to [ALL], and add none.",
        severity: "medium",
        settings: {
            allowed: texts("Capabilities that may be added.", ["NET_BIND_SERVICE"]),
        },
    }),
    ({ name, securityContext }, { report, part, each, settings }) => {
        if (securityContext?.privileged === true) {
            return;
        }
        part(() => {
            if (!(securityContext?.capabilities?.drop ?? []).includes("ALL")) {
                report(`container ${name} does not drop ALL capabilities`);
            }
        });
        each(securityContext?.capabilities?.add, (capability) => {
            if (!settings.allowed.includes(capability)) {
                report(`container ${name} adds the capability ${capability}`);
            }
        });
    },
);
