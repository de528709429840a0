import * as path from "node:path";
import { Command } from "commander";
import { costReport, estimateStack } from "./cost";
import { evaluateStack } from "./evaluate";
import { writePlan } from "./plan";

/**
 * `npm run plan -- --stack dev`: shows what a stack is made of with Node.js alone, no engine and no cloud account. Prints
 * the resource tree, counts, the longest dependency chain and what it costs, and says where manifests and picture are.
 */
async function plan(options: { readonly stack: string; readonly out?: string }): Promise<void> {
    const { stack, out = path.join("out", "plan", stack) } = options;
    const evaluation = await evaluateStack(stack);
    const { text } = await writePlan(evaluation, out);
    console.log(text);
    const estimate = estimateStack(stack);
    if (estimate) {
        console.log(`\n${costReport(estimate, evaluation)}`);
    }
}

const command = new Command("plan")
    .description("Shows what a stack is made of, without engine and cloud account.")
    .requiredOption("--stack <name>", "stack to show: the one of Pulumi.<name>.yaml")
    .option("--out <folder>", "where to write manifests and picture (default: out/plan/<stack>)")
    .action(plan);

command.parseAsync().catch((failure: unknown) => {
    console.error(failure instanceof Error ? failure.message : failure);
    process.exitCode = 1;
});
