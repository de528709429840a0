import { IMAGES, repositoryOf } from "../../components/kubernetes/images";
import { support } from "../../components/settings/limits/support";
import { specOf } from "../../components/settings/schema";
import { configurationOf } from "../../policy/policies";
import { Environment, Rule, environments } from "../../policy/rule";
import { rules, subjects } from "../../policy/rules";
import { between, cell } from "./markdown";

/** Between these lines of a Markdown file the rules are rendered. */
const markers = { begin: "<!-- policies:begin -->", end: "<!-- policies:end -->" } as const;

/** The dates of the settings' limits, for a pack that is published without them. */
export function supportFile(): string {
    return JSON.stringify(support);
}

/** What image references of images.yaml begin with, for the same pack: HySDS's own registry, and each repository. */
export function imagesFile(): string {
    const registry = String(specOf("imageRegistry").default);
    const repositories = IMAGES.pins.map(({ reference }) => repositoryOf(reference));
    return JSON.stringify([`${registry}/`, ...[...new Set(repositories)].sort()]);
}

/** Defaults of the settings that rules read from a stack's configuration, for a stack that leaves them out. */
export function defaultsFile(): string {
    return JSON.stringify({ jobsNamespace: specOf("jobsNamespace").default });
}

/** What `--policy-pack-config` takes for one environment. */
export function environmentFile(environment: Environment): string {
    return JSON.stringify(configurationOf(rules, environment));
}

/** A Markdown file with the tables of rules between its markers made anew. */
export function withPolicyTables(markdown: string): string {
    return between(markdown, markers, policyTables());
}

function policyTables(): string {
    return subjects
        .map(({ title, rules }) =>
            [
                `## ${title}`,
                "",
                `| Rule | What and why | How to fix it | Reference | Severity | ${environments.join(" | ")} | Configuration |`,
                `| ${Array.from({ length: 6 + environments.length }, () => "---").join(" | ")} |`,
                ...rules.map(row),
            ].join("\n"),
        )
        .join("\n\n");
}

function row({ name, definition, enforcement }: Rule): string {
    const { description, fix, reference, severity, settings } = definition;
    const cells = [
        `\`${name}\``,
        cell(description),
        cell(fix),
        `[${reference.id}](${reference.url})`,
        severity,
        ...environments.map((environment) => enforcement[environment]),
        Object.keys(settings ?? {})
            .map((key) => `\`${key}\``)
            .join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
}
