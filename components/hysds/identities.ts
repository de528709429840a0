import { Identity, Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { jobPermissions } from "./job-permissions";
import { Namespaces, namespaceRole } from "./namespaces";
import { Row } from "./types";

/** One identity for each part of HySDS in each namespace: within them, all processes may do the same. */
export class Identities {
    private readonly made = new Map<string, Identity>();

    constructor(
        private readonly settings: Settings,
        private readonly platform: Platform,
        private readonly namespaces: Namespaces,
    ) {}

    /** The identity of a row's pods: job workers' is granted something, the others' nothing. */
    of(row: Row): Identity {
        const role = namespaceRole(row);
        const workload = role === "jobs" ? `${row.part}-jobs` : row.part;
        const identity = this.made.get(workload) ?? this.create(workload, row);
        this.made.set(workload, identity);
        return identity;
    }

    private create(workload: string, row: Row): Identity {
        const runsJobs = row.kind === "worker" && row.jobs !== undefined;
        return this.platform.identityFor(workload, {
            namespace: this.namespaces[namespaceRole(row)],
            grants: runsJobs ? jobPermissions(this.settings, this.platform) : [],
        });
    }
}
