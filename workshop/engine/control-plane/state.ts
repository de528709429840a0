import type { ProcessIdentity } from "../processes";

/** What the supervisor is told to run. */
export interface Plan {
    /** Whether everything ends when the supervisor's standard input does. */
    readonly endWithParent: boolean;
    readonly processes: readonly PlannedProcess[];
    /** Asked before the processes that are marked `afterReady` are started. */
    readonly readiness: Readiness;
}

export interface PlannedProcess {
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly log: string;
    /** Whether it is started only when the API server answers. */
    readonly afterReady: boolean;
}

/** The API server's readiness endpoint. */
export interface Readiness {
    readonly port: number;
    readonly certificate: string;
    readonly token: string;
}

/** What the supervisor tells about itself and its processes. */
export interface State {
    readonly phase: "starting" | "running" | "ending" | "failed";
    readonly supervisor: ProcessIdentity;
    readonly processes: readonly (ProcessIdentity & { readonly name: string })[];
    /** Why it failed, in one line. */
    readonly error?: string;
}
