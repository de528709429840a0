import * as fs from "node:fs";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { commands } from "../../../cli/commands";
import { CommandContext } from "../../../cli/context";

const ROOT = path.resolve(__dirname, "../../..");
const DOCS = path.join(ROOT, "docs");
const FILES = [
    path.join(ROOT, "README.md"),
    ...fs
        .readdirSync(DOCS)
        .filter((file) => file.endsWith(".md"))
        .map((file) => path.join(DOCS, file)),
];

const GLOBAL_OPTIONS = ["--stack", "--kubeconfig", "--context", "--namespace"];
const GLOBAL_FLAGS = ["--json", "--help"];

/** The commands as the program has them; what they do is none of this test's business. */
function program(): Command {
    const context: CommandContext = {
        stdout: new PassThrough(),
        stderr: new PassThrough(),
        open: () => Promise.reject(new Error("not in this test")),
        print: () => undefined,
        confirm: () => Promise.resolve(false),
        exitWith: () => undefined,
        signal: new AbortController().signal,
    };
    const root = new Command("hysds-ops");
    commands(() => Promise.reject(new Error("no stack"))).forEach((factory) =>
        root.addCommand(factory(context)),
    );
    return root;
}

/** Every use of hysds-ops in a text that is set as code: in backticks, fenced or indented. */
function uses(markdown: string): string[] {
    const spans = [...markdown.matchAll(/`([^`\n]*\bhysds-ops [^`\n]*)`/g)].map(
        ([, code]) => code!,
    );
    const blocks = [...markdown.matchAll(/^\s*(?:\$ )?((?:npx )?hysds-ops .*)$/gm)]
        .map(([, line]) => line!)
        .filter((line) => !line.includes("`") && !line.includes("|"));
    return [...spans, ...blocks].map((code) => code.replace(/^.*?\bhysds-ops +/, ""));
}

/** What is wrong with the words after `hysds-ops`; undefined when the program would understand them. */
function wrong(root: Command, words: string): string | undefined {
    const tokens = words
        .replace(/\s#.*$/, "")
        .trim()
        .split(/\s+/);
    let command = root;
    for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at] ?? "";
        const name = token.split("=")[0] ?? "";
        if (/^--?[a-z]/.test(name)) {
            const option = command.options.find(({ long, short }) => [long, short].includes(name));
            if (!option && ![...GLOBAL_OPTIONS, ...GLOBAL_FLAGS].includes(name)) {
                return `${command.name()} has no ${name}`;
            }
            const takesValue = option
                ? option.required || option.optional
                : GLOBAL_OPTIONS.includes(name);
            at += takesValue && !token.includes("=") ? 1 : 0;
            continue;
        }
        const child = command.commands.find((each) => each.name() === token);
        if (child) {
            command = child;
        } else if (command === root || (command.commands.length > 0 && noArguments(command))) {
            return token === "…" ? undefined : `${command.name()} has no ${token}`;
        }
    }
    return undefined;
}

function noArguments(command: Command): boolean {
    return command.registeredArguments.length === 0;
}

describe("documentation", () => {
    const root = program();

    it.each(FILES.map((file) => [path.relative(ROOT, file), file]))(
        "%s names no command and no option that hysds-ops does not have",
        (_name, file) => {
            const problems = uses(fs.readFileSync(file, "utf8")).flatMap((words) => {
                const problem = wrong(root, words);
                return problem === undefined ? [] : [`hysds-ops ${words}: ${problem}`];
            });
            expect(problems).toEqual([]);
        },
    );

    it("from-sds.md tells of every command of hysds-ops that sds had or would have had", () => {
        const text = fs.readFileSync(path.join(DOCS, "from-sds.md"), "utf8");
        const leaves = ["job", "rules", "pkg"].flatMap((name) =>
            root.commands
                .filter((command) => command.name() === name)
                .flatMap(({ commands }) => commands.map((child) => `${name} ${child.name()}`)),
        );
        expect(leaves).toHaveLength(12);
        for (const leaf of [...leaves, "ship", "update", "status", "start", "stop", "reset"]) {
            expect(text, leaf).toContain(`hysds-ops ${leaf}`);
        }
    });

    it.each([
        ["job list --status job-failed", undefined],
        ["--stack dev job list # newest", undefined],
        ["job lists", "job has no lists"],
        ["job list --colour red", "list has no --colour"],
        ["frobnicate", "hysds-ops has no frobnicate"],
    ])("the check of `%s` says %s", (words, problem) => {
        expect(wrong(root, words)).toBe(problem);
    });
});
