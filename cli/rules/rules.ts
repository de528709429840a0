import { z } from "zod";
import { Documents, Source } from "../search/documents";

/** Where rules are: both indices are in Mozart's search cluster, as HySDS reads them. */
export const RULE_INDICES = { mozart: "user_rules-mozart", grq: "user_rules-grq" } as const;

/** Of which action each rule is one: `workflow` is an id in these. */
export const ACTION_INDICES = { mozart: "hysds_ios-mozart", grq: "hysds_ios-grq" } as const;

export type RuleOwner = keyof typeof RULE_INDICES;

export const RULE_OWNERS = ["mozart", "grq"] as const satisfies readonly RuleOwner[];

/** Rules of an installation, as `sds rules export` writes them. */
export type RuleSet = Readonly<Record<RuleOwner, readonly Source[]>>;

const jsonText = z.string().refine((text) => isJson(text), "is not JSON");

/**
 * What Mozart and GRQ2 ask of a rule, and its readers of what they find. Everything else that a rule has is kept.
 * https://github.com/hysds/mozart/blob/develop/mozart/services/api_v01/user_rules.py
 */
const rule = z.looseObject({
    rule_name: z.string().min(1).max(64),
    workflow: z.string().min(1),
    job_type: z.string().min(1),
    query_string: jsonText,
    kwargs: jsonText,
    queue: z.string().min(1),
    priority: z.int().min(0).max(9),
    enabled: z.boolean(),
});

const rules = z.array(rule).check(({ value, issues }) => {
    const names = value.map(({ rule_name: name }) => name);
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    for (const name of new Set(twice)) {
        issues.push({ code: "custom", input: value, message: `has two rules named "${name}"` });
    }
});

const ruleSet = z.strictObject({ mozart: rules, grq: rules });

/** The rules of a file, as they are in it, or what is wrong with it, one problem an entry. */
export function parseRules(text: string): RuleSet | { readonly problems: string[] } {
    if (!isJson(text)) {
        return { problems: ["is not JSON"] };
    }
    const content = JSON.parse(text) as unknown;
    const { success, error } = ruleSet.safeParse(content);
    return success
        ? (content as RuleSet)
        : {
              problems: error.issues.map(({ path, message }) =>
                  `${path.join(".")} ${message}`.trim(),
              ),
          };
}

/** All rules of an installation by name, then by content, so that two exports of the same rules are the same. */
export async function readRules(documents: Documents): Promise<RuleSet> {
    const [mozart, grq] = await Promise.all(
        RULE_OWNERS.map(async (owner) => {
            const found = await documents.all(RULE_INDICES[owner]);
            return found
                .map(({ source }) => source)
                .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
        }),
    );
    return { mozart: mozart ?? [], grq: grq ?? [] };
}

function sortKey(source: Source): string {
    return `${String(source.rule_name)}\n${JSON.stringify(source)}`;
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
