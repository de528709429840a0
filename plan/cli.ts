import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { describeArchitecture } from "./architecture/describe";
import { drawArchitecture } from "./architecture/draw";
import { evaluateStack } from "./evaluate";
import { renderManifests, writeManifests } from "./manifests";
import { report } from "./report";

/**
 * `npm run plan -- --stack dev`: shows what a stack is made of with Node.js alone, no engine and no cloud account. Prints
 * the resource tree, counts and the longest dependency chain; writes Kubernetes manifests, secrets masked, and a picture
 * of the architecture.
 */
async function plan(options: { readonly stack: string; readonly out?: string }): Promise<void> {
    const { stack, out = path.join("out", "plan", stack) } = options;
    const evaluation = await evaluateStack(stack);
    const manifests = writeManifests(renderManifests(evaluation), path.join(out, "manifests"));
    const picture = path.join(out, "architecture.svg");
    fs.writeFileSync(picture, await drawArchitecture(describeArchitecture(evaluation)));
    console.log(report(evaluation));
    console.log(`\n${manifests.length} Kubernetes manifests: ${path.join(out, "manifests")}`);
    console.log(`Picture of the architecture: ${picture}`);
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
