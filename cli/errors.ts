/** Statuses that the process ends with. */
export const EXIT = {
    fine: 0,
    /** The answer is no: something is unhealthy, or was refused, or failed. */
    no: 1,
    usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure told in one line that names what to do about it. */
export class OperationsError extends Error {
    constructor(message: string, options: ErrorOptions & { readonly exitCode?: ExitCode } = {}) {
        super(message.replace(/\s*\n\s*/g, " ").trim(), options);
        this.name = new.target.name;
        this.exitCode = options.exitCode ?? EXIT.no;
    }

    public readonly exitCode: ExitCode;
}

/** Whatever was thrown, as one line. */
export function oneLine(failure: unknown): string {
    if (failure instanceof AggregateError) {
        return failure.errors.map(oneLine).join("; ");
    }
    const message = failure instanceof Error ? failure.message || failure.name : String(failure);
    return message.replace(/\s*\n\s*/g, " ").trim();
}
