/** What a check found. */
export interface Finding {
    /** What was looked at: `broker`, `pods`, … */
    readonly check: string;
    readonly result: "ok" | "warning" | "problem" | "skipped";
    /** What is so, or what is broken. */
    readonly message: string;
    /** The command or the setting that fixes it. */
    readonly fix?: string;
}

/** Findings of one check, made by its name. */
export class Findings {
    public readonly all: Finding[] = [];

    constructor(private readonly check: string) {}

    ok(message: string): this {
        return this.add({ result: "ok", message });
    }

    warning(message: string, fix: string): this {
        return this.add({ result: "warning", message, fix });
    }

    problem(message: string, fix: string): this {
        return this.add({ result: "problem", message, fix });
    }

    skipped(message: string, fix?: string): this {
        return this.add({ result: "skipped", message, fix });
    }

    private add(finding: Omit<Finding, "check">): this {
        this.all.push({ check: this.check, ...finding });
        return this;
    }
}
