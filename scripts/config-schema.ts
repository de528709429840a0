import { parseDocument } from "yaml";
import { z } from "zod";
import { keys, schema } from "../components/settings/schema";
import { allowed, bare, pulumiType } from "../components/settings/schema/describe";
import { Group, KeyFacts, keyFacts } from "../components/settings/schema/key";
import { between, cell } from "./markdown";

/** Between these lines of a Markdown file the settings are rendered. */
export const markers = { begin: "<!-- settings:begin -->", end: "<!-- settings:end -->" } as const;

function factsOf(key: (typeof keys)[number]): KeyFacts<unknown> {
    const facts = keyFacts.get(schema.shape[key]);
    if (!facts) {
        throw new Error(`${key} has no facts`);
    }
    return facts;
}

/** Entry of one key in the `config` section of Pulumi.yaml. */
function declaration(key: (typeof keys)[number]): Record<string, unknown> {
    const { description, default: value, secret } = factsOf(key);
    // A typed secret must be encrypted, and a default never is: the engine would refuse every stack that does not set
    // the key. Without a type it leaves the key to us.
    // https://github.com/pulumi/pulumi/blob/master/pkg/workspace/config.go
    if (secret) {
        return { description, secret, default: value };
    }
    const type = bare(schema.shape[key]);
    return {
        type: pulumiType(type),
        ...(type instanceof z.ZodArray ? { items: { type: pulumiType(type.def.element) } } : {}),
        description,
        default: value,
    };
}

/** Pulumi.yaml with its `config` section made anew from the schema, and everything else as it is. */
export function withConfigSection(projectFile: string): string {
    const document = parseDocument(projectFile);
    document.set("config", Object.fromEntries(keys.map((key) => [key, declaration(key)])));
    return document.toString({ lineWidth: 0 });
}

function shownDefault(value: unknown): string {
    return value === "" ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function row(key: (typeof keys)[number]): string {
    const facts = factsOf(key);
    const cells = [
        `\`${key}\``,
        shownDefault(facts.default),
        cell(allowed(schema.shape[key]) ?? ""),
        cell(facts.description),
    ];
    return `| ${cells.join(" | ")} |`;
}

/**
 * The settings as Markdown tables, one for each group.
 *
 * @param level depth of the groups' headings
 */
export function settingsTables(level: number): string {
    const groups = new Map<Group, string[]>();
    for (const key of keys) {
        const { group } = factsOf(key);
        groups.set(group, [...(groups.get(group) ?? []), row(key)]);
    }
    return [...groups]
        .map(([group, rows]) =>
            [
                `${"#".repeat(level)} ${group}`,
                "",
                "| Key | Default | Allowed | What it is |",
                "| --- | --- | --- | --- |",
                ...rows,
            ].join("\n"),
        )
        .join("\n\n");
}

/**
 * A Markdown file with the settings between its markers made anew; unchanged when it has no markers.
 *
 * @throws Error when one marker stands without the other
 */
export function withSettingsTables(markdown: string, level: number): string {
    return between(markdown, markers, settingsTables(level));
}
