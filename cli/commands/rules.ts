import * as fs from "node:fs/promises";
import { Command } from "commander";
import { CommandContext } from "../context";
import { destructive, DestructiveOptions, permitLoss } from "../destructive";
import { EXIT, OperationsError } from "../errors";
import { readText } from "../files";
import { applyRuleChange, RuleChange, ruleChanges } from "../rules/rule-changes";
import { parseRules, readRules, RuleSet } from "../rules/rules";
import { Documents } from "../search/documents";
import { sortedJson } from "../sorted-json";

/** `hysds-ops rules`: user rules of Mozart and GRQ, to and from the file that `sds rules` has. */
export function rulesCommand(context: CommandContext): Command {
    const command = new Command("rules").description("user rules: export, import");
    command
        .command("export")
        .description("writes all rules to a file")
        .option("-o, --out <file>", "file to write, - for standard output", "user_rules.json")
        .action((options: { readonly out: string }) => exportRules(context, options.out));
    destructive(
        command
            .command("import")
            .description("reads rules from a file; a rule replaces the one of its name")
            .argument("<file>", "as rules export or sds rules export has written it"),
    ).action((file: string, options: DestructiveOptions) => importRules(context, file, options));
    return command;
}

async function exportRules(context: CommandContext, out: string): Promise<void> {
    const rules = await readRules(await documents(context));
    if (out === "-") {
        context.stdout.write(sortedJson(rules));
        return;
    }
    await fs.writeFile(out, sortedJson(rules));
    const counts = { mozart: rules.mozart.length, grq: rules.grq.length };
    context.print({
        json: { file: out, ...counts },
        sections: [`Wrote ${out}: ${counts.mozart} rules of mozart, ${counts.grq} of grq.`],
    });
}

async function importRules(
    context: CommandContext,
    file: string,
    options: DestructiveOptions,
): Promise<void> {
    const rules = await rulesOf(file);
    const store = await documents(context);
    const changes = await ruleChanges(store, rules);
    for (const { owner, name, rule, actionFound } of changes) {
        if (!actionFound) {
            const what = `${owner} has no action ${String(rule.workflow)}, which rule "${name}" runs`;
            context.stderr.write(
                `warning: ${what}: import its package with hysds-ops pkg import\n`,
            );
        }
    }
    await permitReplacements(context, changes, options);
    for (const change of changes) {
        await applyRuleChange(store, change);
    }
    report(context, changes);
}

async function rulesOf(file: string): Promise<RuleSet> {
    const parsed = parseRules(await readText(file));
    if ("problems" in parsed) {
        const problems = parsed.problems.join("; ");
        throw new OperationsError(
            `${file} was not imported: ${problems}. hysds-ops rules export writes such a file`,
            { exitCode: EXIT.usage },
        );
    }
    return parsed;
}

async function permitReplacements(
    context: CommandContext,
    changes: readonly RuleChange[],
    options: DestructiveOptions,
): Promise<void> {
    const replaced = changes.filter(({ kind }) => kind === "replaced");
    if (replaced.length > 0) {
        const losses = {
            head: ["owner", "rule", "fields that change"],
            rows: replaced.map(({ owner, name, fields }) => [owner, name, fields.join(", ")]),
        };
        const loss = { action: "Replacing rules", losses };
        await permitLoss(context, await context.open(), loss, options);
    }
}

function report(context: CommandContext, changes: readonly RuleChange[]): void {
    context.print({
        json: changes.map(({ owner, name, kind, fields }) => ({ owner, name, kind, fields })),
        sections: [
            {
                head: ["owner", "rule", "result"],
                rows: changes.map(({ owner, name, kind }) => [owner, name, kind]),
            },
        ],
    });
}

async function documents(context: CommandContext): Promise<Documents> {
    const installation = await context.open();
    return new Documents(await installation.http("mozart-search"));
}
