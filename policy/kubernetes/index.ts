import { subject } from "../subject";
import { capabilities } from "./capabilities";
import { celeryGrace } from "./celery-grace";
import { clusterAdmin } from "./cluster-admin";
import { defaultDeny } from "./default-deny";
import { defaultNamespace } from "./default-namespace";
import { disruptionBudgets } from "./disruption-budgets";
import { drainable } from "./drainable";
import { explicitProvider } from "./explicit-provider";
import { hostNamespaces } from "./host-namespaces";
import { hostPaths } from "./host-paths";
import { hostPorts } from "./host-ports";
import { imageRegistries } from "./image-registries";
import { imageVersions } from "./image-versions";
import { liveness } from "./liveness";
import { namespaceSecurity } from "./namespace-security";
import { nonRoot } from "./non-root";
import { privilegeEscalation } from "./privilege-escalation";
import { privileged } from "./privileged";
import { rbacWildcards } from "./rbac-wildcards";
import { readOnlyRoot } from "./read-only-root";
import { readiness } from "./readiness";
import { resourceLimits } from "./resource-limits";
import { seccomp } from "./seccomp";
import { serviceAccountTokens } from "./service-account-tokens";
import { singletons } from "./singletons";
import { spread } from "./spread";

/** What runs in the cluster, and how. */
export const kubernetes = subject("Kubernetes", [
    imageRegistries,
    imageVersions,
    resourceLimits,
    readiness,
    liveness,
    namespaceSecurity,
    nonRoot,
    privileged,
    privilegeEscalation,
    capabilities,
    seccomp,
    hostNamespaces,
    hostPaths,
    hostPorts,
    readOnlyRoot,
    serviceAccountTokens,
    defaultNamespace,
    defaultDeny,
    singletons,
    celeryGrace,
    disruptionBudgets,
    drainable,
    spread,
    rbacWildcards,
    clusterAdmin,
    explicitProvider,
]);
