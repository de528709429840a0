import { Command } from "commander";
import { CommandContext } from "../context";
import { examine } from "../doctor/examine";
import { Finding } from "../doctor/finding";
import { EXIT, oneLine } from "../errors";
import { seconds } from "./seconds";

interface DoctorOptions {
    /** Seconds. */
    readonly jobTimeout: number;
}

/** `hysds-ops doctor`: what is broken, and how to fix it; ends with 1 when something is. */
export function doctorCommand(context: CommandContext): Command {
    return new Command("doctor")
        .description("checks everything from the cluster to a no-op job, and says how to fix it")
        .option("--job-timeout <seconds>", "wait for the no-op job; 0 submits none", seconds, 120)
        .action((options: DoctorOptions) => doctor(context, options));
}

async function doctor(context: CommandContext, { jobTimeout }: DoctorOptions): Promise<void> {
    const findings = await look(context, jobTimeout * 1000);
    const problems = findings.filter(({ result }) => result === "problem");
    context.print({
        json: findings,
        sections: [
            { head: ["result", "check", "finding"], rows: findings.map(row) },
            problems.length === 0
                ? "Nothing is broken."
                : `${problems.length} broken: see the lines with ->.`,
        ],
    });
    context.exitWith(problems.length === 0 ? EXIT.fine : EXIT.no);
}

async function look(context: CommandContext, jobTimeoutMs: number): Promise<Finding[]> {
    const { signal, stderr } = context;
    try {
        const installation = await context.open();
        return await examine({ installation, signal, jobTimeoutMs }, (name) =>
            stderr.write(`${name} ...\n`),
        );
    } catch (failure) {
        return [{ check: "installation", result: "problem", message: oneLine(failure) }];
    }
}

function row({ result, check, message, fix }: Finding): string[] {
    const how = fix === undefined ? "" : `\n-> ${fix}`;
    return [result === "problem" ? "PROBLEM" : result, check, `${message}${how}`];
}
