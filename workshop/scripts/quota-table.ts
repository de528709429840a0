import { nodeTypes, QuotaNeed, quotaNeeds } from "../../components/platform/aws/quota-needs";
import { vcpusOfSize } from "../../components/settings/limits/instances";
import { settingsOfStack } from "../plan/cost";
import { between, cell } from "./markdown";

/** Between these lines of a Markdown file the quotas are rendered. */
const markers = { begin: "<!-- quotas:begin -->", end: "<!-- quotas:end -->" } as const;
const stacks = ["dev", "prod"];

/** A Markdown file with what the stacks on AWS need of quotas between its markers. */
export function withQuotaTable(markdown: string): string {
    const needs = stacks.map(needsOf);
    const all = [...new Map(needs.flat().map(({ quota }) => [quota.code, quota])).values()];
    const amount = (found?: QuotaNeed): string =>
        found === undefined
            ? ""
            : found.least === found.most
              ? `${found.least}`
              : `${found.least} to ${found.most}`;
    const rows = all.map(({ service, code, name }) => [
        name,
        `\`${service}\` \`${code}\``,
        ...needs.map((ofStack) => amount(ofStack.find(({ quota }) => quota.code === code))),
    ]);
    return between(
        markdown,
        markers,
        [
            ["Quota", "Code", ...stacks.map((stack) => `\`${stack}\``)],
            ["---", "---", ...stacks.map(() => "---:")],
            ...rows,
        ]
            .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
            .join("\n"),
    );
}

function needsOf(stack: string): readonly QuotaNeed[] {
    const settings = settingsOfStack(stack).settings;
    const { platform } = settings;
    if (platform.kind !== "aws") {
        return [];
    }
    const onAws = { ...settings, platform };
    return quotaNeeds(
        onAws,
        new Map(nodeTypes(onAws).map((type) => [type, vcpusOfSize(type) ?? 0])),
    );
}
