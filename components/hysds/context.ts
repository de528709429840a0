import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Identity, Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { WorkerFile } from "./access/worker-files";
import { ConfigurationFiles } from "./configuration/secrets";
import { NamespaceRole, Namespaces } from "./namespaces";
import { WorkloadSpec, SidecarSpec } from "./catalog/workload-spec";

/** What every workload of HySDS is made from, beside its own description. */
export interface HysdsContext {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly namespaces: Namespaces;
    readonly configuration: ConfigurationFiles;
    /** ConfigMap with the scripts of probes/. */
    readonly probes: Readonly<Record<NamespaceRole, k8s.core.v1.ConfigMap>>;
    /** Whether the search cluster behind the dashboards asks for credentials. */
    readonly dashboardsHaveCredentials: boolean;
    /** Containers that go into every job worker's pod. */
    readonly jobSidecars: readonly SidecarSpec[];
    /** What job workers open the object store by, where there is one. */
    readonly objectStoreAccess?: k8s.core.v1.Secret;
    /** What goes before the engine's own client in job workers, where anything does. */
    readonly engineClient?: k8s.core.v1.ConfigMap;
    /** Files that job workers have for their jobs to import. */
    readonly workerFiles: readonly WorkerFile[];
    identityOf(spec: WorkloadSpec): Identity;
    /** What a workload waits for. */
    dependenciesOf(spec: WorkloadSpec): pulumi.Resource[];
}
