import { HysdsNamespace } from "../platform/platform";
import { Row } from "./catalog/workload-spec";

/** `services`: restricted pods; `jobs`: the pods that run containers of their own, and what watches their nodes. */
export type NamespaceRole = "services" | "jobs";

export type Namespaces = Readonly<Record<NamespaceRole, HysdsNamespace>>;

/** The namespace that a row's pods run in. */
export function namespaceRole(row: Row): NamespaceRole {
    const runsJobs = row.kind === "worker" && row.jobs !== undefined;
    return runsJobs || row.kind === "node-agent" || row.kind === "sidecar" ? "jobs" : "services";
}
