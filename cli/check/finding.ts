/** What a check of a mission's document found. */
export interface CheckFinding {
    /** `problem`: it does not run. `warning`: it runs, and something of it is lost or doubtful. */
    readonly severity: "problem" | "warning";
    /** The field that it is about, such as `disk_usage`. */
    readonly at: string;
    readonly message: string;
    /** The setting and its command, or the field, that fixes it. */
    readonly fix: string;
}

export function problem(at: string, message: string, fix: string): CheckFinding {
    return { severity: "problem", at, message, fix };
}

export function warning(at: string, message: string, fix: string): CheckFinding {
    return { severity: "warning", at, message, fix };
}

export function isProblem({ severity }: CheckFinding): boolean {
    return severity === "problem";
}
