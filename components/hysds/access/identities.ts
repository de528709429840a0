import { Identity, Platform } from "../../platform/platform";
import { Settings, WorkerPoolSettings } from "../../settings/settings";
import { hasOwnRights } from "../../settings/topics/job-rights";
import { jobPermissions } from "./job-permissions";
import { Namespaces, namespaceRole } from "../namespaces";
import { runsJobs } from "../catalog/workload";
import { WorkloadSpec } from "../catalog/workload-spec";

/**
 * One identity for each component of HySDS in each namespace: within them, all processes may do the same. A pool of
 * workers whose jobs may do more has one of its own, and the others' jobs never get at it.
 */
export class Identities {
    private readonly made = new Map<string, Identity>();

    constructor(
        private readonly settings: Settings,
        private readonly platform: Platform,
        private readonly namespaces: Namespaces,
    ) {}

    /** The identity of a workload's pods: job workers' is granted something, the others' nothing. */
    of(spec: WorkloadSpec): Identity {
        const workload = identityName(spec);
        const identity = this.made.get(workload) ?? this.create(workload, spec);
        this.made.set(workload, identity);
        return identity;
    }

    private create(workload: string, spec: WorkloadSpec): Identity {
        const pool = poolWithRights(spec);
        return this.platform.identityFor(workload, {
            namespace: this.namespaces[namespaceRole(spec)],
            grants: runsJobs(spec) ? jobPermissions(this.settings, this.platform, pool) : [],
            policies: pool?.jobPolicyArns,
        });
    }
}

function poolWithRights(spec: WorkloadSpec): WorkerPoolSettings | undefined {
    return spec.kind === "worker" && spec.pool && hasOwnRights(spec.pool) ? spec.pool : undefined;
}

function identityName(spec: WorkloadSpec): string {
    const pool = poolWithRights(spec);
    if (pool) {
        return `${pool.name}-pool`;
    }
    return namespaceRole(spec) === "jobs" ? `${spec.component}-jobs` : spec.component;
}
