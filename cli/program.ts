import type { Writable } from "node:stream";
import { Command, CommanderError } from "commander";
import { AccessOptions, CommandContext } from "./context";
import { EXIT, ExitCode, OperationsError, oneLine } from "./errors";
import { Installation } from "./installation";
import { renderAnswer } from "./output";

/** What the program needs of the world around it; tests give it other ones. */
export interface ProgramEnvironment {
    readonly stdout: Writable;
    readonly stderr: Writable;
    openInstallation(options: AccessOptions): Promise<Installation>;
    ask(question: string): Promise<boolean>;
    readonly signal: AbortSignal;
}

/** One command, made for one run of the program. */
export type CommandFactory = (context: CommandContext) => Command;

interface GlobalOptions extends AccessOptions {
    readonly json?: boolean;
}

/**
 * Runs one command line and returns the status to end with: 0 fine, 1 the answer is no, 2 wrong usage. Failures are
 * told in one line on stderr.
 *
 * @param args the words after `hysds-ops`
 */
export async function runProgram(
    args: readonly string[],
    commands: readonly CommandFactory[],
    environment: ProgramEnvironment,
): Promise<ExitCode> {
    const run = new ProgramRun(environment);
    try {
        await run.program(commands).parseAsync(args, { from: "user" });
        return run.exitCode;
    } catch (failure) {
        if (failure instanceof CommanderError) {
            return failure.exitCode === 0 ? EXIT.fine : EXIT.usage;
        }
        environment.stderr.write(`error: ${oneLine(failure)}\n`);
        return failure instanceof OperationsError ? failure.exitCode : EXIT.no;
    } finally {
        await run.close();
    }
}

/** The context of one command line. */
class ProgramRun implements CommandContext {
    public exitCode: ExitCode = EXIT.fine;
    private readonly root = new Command("hysds-ops");
    private installation?: Promise<Installation>;

    constructor(private readonly environment: ProgramEnvironment) {}

    program(commands: readonly CommandFactory[]): Command {
        const { stdout, stderr } = this;
        this.root
            .description("Operates HySDS on Kubernetes.")
            .option("--stack <name>", "Pulumi stack of the installation")
            .option("--kubeconfig <file>", "kubeconfig (default: as kubectl)")
            .option("--context <name>", "context of the kubeconfig (default: its current one)")
            .option("--namespace <name>", "namespace of the HySDS services (default: hysds)")
            .option("--json", "print JSON")
            .helpCommand(false);
        for (const factory of commands) {
            this.root.addCommand(factory(this));
        }
        configure(this.root, stdout, stderr);
        return this.root;
    }

    get stdout(): Writable {
        return this.environment.stdout;
    }

    get stderr(): Writable {
        return this.environment.stderr;
    }

    get signal(): AbortSignal {
        return this.environment.signal;
    }

    open(): Promise<Installation> {
        this.installation ??= this.environment.openInstallation(this.root.opts<GlobalOptions>());
        return this.installation;
    }

    print(answer: Parameters<CommandContext["print"]>[0]): void {
        this.stdout.write(renderAnswer(answer, this.root.opts<GlobalOptions>().json ?? false));
    }

    confirm(question: string): Promise<boolean> {
        return this.environment.ask(question);
    }

    exitWith(code: ExitCode): void {
        this.exitCode = code;
    }

    async close(): Promise<void> {
        const opened = await this.installation?.catch(() => undefined);
        await opened?.close();
    }
}

/** Makes a command and those below it throw instead of ending the process, and write where they are told. */
function configure(command: Command, stdout: Writable, stderr: Writable): void {
    command.exitOverride().configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
    });
    command.commands.forEach((child) => configure(child, stdout, stderr));
}
