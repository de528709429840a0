import { isGiven } from "../examination";
import { podSecurity } from "../references";
import { checksPods } from "../resources/pods";
import { rule } from "../rule";
import { texts } from "../setting";

export const hostPaths = checksPods(
    rule({
        name: "no-host-paths",
        description:
            "Pods mount no folder of their node, where they could change what the kubelet and other pods run.",
        reference: podSecurity("baseline", "HostPath Volumes"),
        fix: "use an emptyDir, a ConfigMap or a PersistentVolumeClaim.",
        severity: "critical",
        settings: { allowedPaths: texts("Paths that may be mounted.", []) },
    }),
    ({ spec }, { report, each, settings }) => {
        each(spec.volumes, (volume) => {
            if (!isGiven(volume, "hostPath")) {
                return;
            }
            const path = volume.hostPath?.path ?? "";
            if (!settings.allowedPaths.includes(path)) {
                report(`volume ${volume.name} is the node's ${path}`);
            }
        });
    },
);
