import { Installation } from "../installation";
import { Findings } from "./finding";

export interface CheckContext {
    readonly installation: Installation;
    readonly signal: AbortSignal;
    /** Longest wait for a no-op job, ms; 0 submits none. */
    readonly jobTimeoutMs: number;
}

/** One question that the doctor asks. */
export interface Check {
    readonly name: string;
    /** What to do when the check itself fails, as when a store does not answer. */
    readonly fix: string;
    look(context: CheckContext, findings: Findings): Promise<void>;
}
