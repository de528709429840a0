/** A failure of the engine under the project, told in one line that names what to do about it. */
export class EngineError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message.replace(/\s*\n\s*/g, " ").trim(), options);
        this.name = new.target.name;
    }
}

/** A tool (Pulumi CLI, plugin, Kubernetes binary) is missing and could not be made available. */
export class ToolchainError extends EngineError {}

/** The embedded Kubernetes control plane could not start, or died. */
export class ControlPlaneError extends EngineError {}

/** Awaits a command's work; a failure ends the process with status 1 and, where we know what it means, one line. */
export async function exitOnError(work: Promise<void>): Promise<void> {
    try {
        await work;
    } catch (error) {
        console.error(lineFor(error) ?? error);
        process.exitCode = 1;
    }
}

function lineFor(error: unknown): string | undefined {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") {
        return `error: the disk is full (${path ?? "no file named"}): make room and run it again`;
    }
    return error instanceof EngineError ? `error: ${error.message}` : undefined;
}
