import type { Writable } from "node:stream";
import { ExitCode } from "./errors";
import { Installation } from "./installation";
import { Answer } from "./output";

/** Which installation, as the global options name it. */
export interface AccessOptions {
    /** Pulumi stack, whose outputs tell cluster and namespace. */
    readonly stack?: string;
    /** Path of a kubeconfig; default as kubectl has it. */
    readonly kubeconfig?: string;
    /** Context of the kubeconfig; default its current one. */
    readonly context?: string;
    /** Namespace of the HySDS services; default `hysds`. */
    readonly namespace?: string;
}

/** What a command works with. */
export interface CommandContext {
    readonly stdout: Writable;
    /** For progress and warnings: never in the way of `--json`. */
    readonly stderr: Writable;
    /**
     * The installation that the global options name: the same one each time, closed when the command has ended.
     *
     * @throws OperationsError when it cannot be found or reached
     */
    open(): Promise<Installation>;
    /** Prints a table, or JSON with `--json`. */
    print(answer: Answer): void;
    /** Asks a question that is answered by yes or no; throws when nobody is there to ask. */
    confirm(question: string): Promise<boolean>;
    /** Sets the status that the process ends with, when the command does not throw. */
    exitWith(code: ExitCode): void;
    /** Aborted by Ctrl-C: for commands that run until they are told to stop. */
    readonly signal: AbortSignal;
}
