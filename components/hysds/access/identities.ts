import { Identity, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { jobPermissions } from "./job-permissions";
import { Namespaces, namespaceRole } from "../namespaces";
import { runsJobs } from "../catalog/workload";
import { WorkloadSpec } from "../catalog/workload-spec";

/** One identity for each component of HySDS in each namespace: within them, all processes may do the same. */
export class Identities {
    private readonly made = new Map<string, Identity>();

    constructor(
        private readonly settings: Settings,
        private readonly platform: Platform,
        private readonly namespaces: Namespaces,
    ) {}

    /** The identity of a workload's pods: job workers' is granted something, the others' nothing. */
    of(spec: WorkloadSpec): Identity {
        const role = namespaceRole(spec);
        const workload = role === "jobs" ? `${spec.component}-jobs` : spec.component;
        const identity = this.made.get(workload) ?? this.create(workload, spec);
        this.made.set(workload, identity);
        return identity;
    }

    private create(workload: string, spec: WorkloadSpec): Identity {
        return this.platform.identityFor(workload, {
            namespace: this.namespaces[namespaceRole(spec)],
            grants: runsJobs(spec) ? jobPermissions(this.settings, this.platform) : [],
        });
    }
}
