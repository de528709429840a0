import * as k8s from "@pulumi/kubernetes";
import { podSecurity } from "../references";
import { rule } from "../rule";
import { isPrivileged, privilegedNamespaces } from "./settings";

const ENFORCE = "pod-security.kubernetes.io/enforce";

export const namespaceSecurity = rule({
    name: "namespace-pod-security",
    description:
        "Namespaces enforce the restricted Pod Security Standard, so that the API server refuses what no policy pack saw.",
    reference: podSecurity("restricted", "namespace label"),
    fix: `label the namespace ${ENFORCE}=restricted.`,
    severity: "high",
    settings: { privilegedNamespaces },
}).checks(k8s.core.v1.Namespace, ({ metadata }, { report, settings }) => {
    const level = metadata?.labels?.[ENFORCE];
    const isExcepted = isPrivileged(metadata?.name, settings.privilegedNamespaces);
    if (!isExcepted && level !== "restricted") {
        report(`the namespace enforces ${level ?? "no Pod Security level"}`);
    }
});
