import { parseDocument } from "yaml";
import { z } from "zod";
import { allowed, bare, pulumiType } from "../../components/settings/describe";
import { Group, groupOf } from "../../components/settings/key";
import { requirementWords } from "../../components/settings/requires";
import { Key, keys, schema, specOf } from "../../components/settings/schema";
import { between, cell } from "./markdown";

/** Between these lines of README.md the settings are named. */
export const markers = { begin: "<!-- settings:begin -->", end: "<!-- settings:end -->" } as const;

/** Entry of one key in the `config` section of Pulumi.yaml. */
function declaration(key: Key): Record<string, unknown> {
    const { description, default: value, secret } = specOf(key);
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

function row(key: Key): string {
    const spec = specOf(key);
    const type = schema.shape[key];
    const cells = [
        `\`${key}\``,
        shownDefault(spec.default),
        cell(allowed(type) ?? ""),
        cell(spec.description),
        cell(requirementWords(type)),
    ];
    return `| ${cells.join(" | ")} |`;
}

function groups(): ReadonlyMap<Group, readonly Key[]> {
    const found = new Map<Group, readonly Key[]>();
    for (const key of keys) {
        const group = groupOf(schema.shape[key]);
        if (group === undefined) {
            throw new Error(`${key} belongs to no topic`);
        }
        found.set(group, [...(found.get(group) ?? []), key]);
    }
    return found;
}

const INTRODUCTION = `# Settings

Every key of \`Pulumi.<stack>.yaml\`, made from [\`components/settings/topics\`](../components/settings/topics) by
\`npm run generate\`. \`pulumi config set hysds:<key> <value>\` sets one; parts of lists and maps need \`--path\`.

A key that would do nothing is refused: the last column says what it needs. Everything that is wrong is listed at once,
before any resource is touched, with the commands that put it right.`;

/** docs/settings.md: the settings in tables, one for each group. */
export function settingsPage(): string {
    const tables = [...groups()].map(([group, members]) =>
        [
            `## ${group}`,
            "",
            "| Key | Default | Allowed | What it is | Needs |",
            "| --- | --- | --- | --- | --- |",
            ...members.map(row),
        ].join("\n"),
    );
    return [INTRODUCTION, ...tables].join("\n\n");
}

/** The names of the settings, one row for each group, with links into docs/settings.md. */
export function settingsOverview(): string {
    const rows = [...groups()].map(([group, members]) => {
        const anchor = group.toLowerCase().replaceAll(" ", "-");
        const names = members.map((key) => `\`${key}\``).join(", ");
        return `| [${group}](docs/settings.md#${anchor}) | ${names} |`;
    });
    return ["| About | Keys |", "| --- | --- |", ...rows].join("\n");
}

/**
 * A Markdown file with the names of the settings between its markers made anew; unchanged when it has no markers.
 *
 * @throws Error when one marker stands without the other
 */
export function withSettingsOverview(markdown: string): string {
    return between(markdown, markers, settingsOverview());
}
