import { HysdsNamespace } from "../platform/platform";
import { runsJobs } from "./catalog/workload";
import { WorkloadSpec } from "./catalog/workload-spec";

/** `services`: restricted pods; `jobs`: the pods that run containers of their own, and what watches their nodes. */
export type NamespaceRole = "services" | "jobs";

export type Namespaces = Readonly<Record<NamespaceRole, HysdsNamespace>>;

/** The namespace that a workload's pods run in. */
export function namespaceRole(spec: WorkloadSpec): NamespaceRole {
    return runsJobs(spec) || spec.kind === "node-agent" || spec.kind === "sidecar"
        ? "jobs"
        : "services";
}
