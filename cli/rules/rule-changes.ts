import { isDeepStrictEqual } from "node:util";
import { OperationsError } from "../errors";
import { Document, Documents, Source } from "../search/documents";
import { ACTION_INDICES, RULE_INDICES, RULE_OWNERS, RuleOwner, RuleSet } from "./rules";

/** What importing one rule does. */
export interface RuleChange {
    readonly owner: RuleOwner;
    readonly name: string;
    readonly kind: "new" | "replaced" | "unchanged";
    readonly rule: Source;
    /** The rule of this name that is there. */
    readonly replaces?: Document;
    /** Fields in which they differ. */
    readonly fields: readonly string[];
    /** Whether the action that the rule runs is there. */
    readonly actionFound: boolean;
}

/**
 * What importing rules does to those that are there: a rule has the place of the one of its name.
 *
 * @throws OperationsError when several different rules there have one name, so that it is not clear which to replace
 */
export async function ruleChanges(documents: Documents, rules: RuleSet): Promise<RuleChange[]> {
    const changes = await Promise.all(
        RULE_OWNERS.map(async (owner) => {
            const [there, actions] = await Promise.all([
                documents.all(RULE_INDICES[owner]),
                documents.all(ACTION_INDICES[owner]),
            ]);
            const actionIds = new Set(actions.map(({ id }) => id));
            return rules[owner].map((rule) => changeOf(owner, rule, there, actionIds));
        }),
    );
    return changes.flat();
}

function changeOf(
    owner: RuleOwner,
    rule: Source,
    there: readonly Document[],
    actionIds: ReadonlySet<string>,
): RuleChange {
    const name = String(rule.rule_name);
    const [replaces, ...others] = there.filter(({ source }) => source.rule_name === name);
    if (replaces && others.some(({ source }) => !isDeepStrictEqual(source, replaces.source))) {
        const index = RULE_INDICES[owner];
        throw new OperationsError(
            `${index} has ${others.length + 1} rules named "${name}": delete all but one in HySDS's web interface, then import again`,
        );
    }
    const fields = replaces ? differences(replaces.source, rule) : [];
    return {
        owner,
        name,
        kind: !replaces ? "new" : fields.length > 0 ? "replaced" : "unchanged",
        rule,
        ...(replaces ? { replaces } : {}),
        fields,
        actionFound: actionIds.has(String(rule.workflow)),
    };
}

function differences(old: Source, new_: Source): string[] {
    return [...new Set([...Object.keys(old), ...Object.keys(new_)])]
        .filter((field) => !isDeepStrictEqual(old[field], new_[field]))
        .sort();
}

/** Writes what is new or different. A rule without times gets the present one, as HySDS gives it. */
export async function applyRuleChange(documents: Documents, change: RuleChange): Promise<void> {
    if (change.kind === "unchanged") {
        return;
    }
    const now = new Date().toISOString();
    const rule = {
        ...change.rule,
        creation_time: change.rule.creation_time ?? now,
        modified_time: change.rule.modified_time ?? now,
    };
    await documents.write(RULE_INDICES[change.owner], rule, change.replaces?.id);
}
