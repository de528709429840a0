import { command, Problem } from "./problem";

function sentence(text: string): string {
    return /[.?]$/.test(text) ? text : `${text}.`;
}

function paragraph(problem: Problem, stack: string): string {
    const given = problem.value === undefined ? "" : ` is ${problem.value}`;
    const allowed =
        problem.allowed === undefined ? [] : [`    Allowed: ${sentence(problem.allowed)}`];
    const commands = problem.fixes.map((fix) => `    ${command(fix, stack)}`);
    return [`  ${problem.key}${given}: ${sentence(problem.reason)}`, ...allowed, ...commands].join(
        "\n",
    );
}

/** Everything that is wrong with the configuration of a stack, with the commands that fix it. */
export class ConfigurationError extends Error {
    public override readonly name = "ConfigurationError";

    constructor(
        public readonly stackName: string,
        public readonly problems: readonly Problem[],
    ) {
        const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
        const paragraphs = problems.map((problem) => paragraph(problem, stackName));
        super(
            [
                `The configuration of stack ${stackName} has ${count}. No resource was touched.`,
                ...paragraphs,
            ].join("\n\n"),
        );
    }
}
