import { ConfigurationError } from "./configuration-error";
import { fullKey, Problem } from "./problem";
import { requirementRules } from "./requires";
import { resolve } from "./resolve";
import { Finding, RuleContext } from "./rule";
import { isKey, schema, specOf } from "./schema";
import { Settings } from "./settings";
import { shown, valueAt } from "./shown-value";
import { rules } from "./topics";
import { hidden, RawSettings, unknownKeys, Validated, validateKeys } from "./validate";

const namespace = "hysds:";

/**
 * Settings of a stack from its configuration, or everything that is wrong with it. Pure: nothing is read beside the
 * arguments, and no Pulumi engine is needed.
 *
 * @param config values by full key (`hysds:platform`, `aws:region`), as text, lists and maps as JSON: what the engine
 *     passes to a program
 * @param stack the stack's name
 * @param secretKeys full keys whose values are encrypted in the stack file; they are never shown
 * @param isUpdate whether the run makes and changes things: then what a stack file leaves to its team is there too
 */
export function parseSettings(
    config: Readonly<Record<string, string>>,
    stack: string,
    secretKeys: readonly string[] = [],
    isUpdate = false,
): Settings | ConfigurationError {
    const raw = ownSettings(config, secretKeys);
    const validated = validateKeys(raw);
    const context: RuleContext = {
        stack,
        region: config["aws:region"],
        assumedRoleKeys: Object.keys(config).filter((key) => key.startsWith("aws:assumeRole")),
        isUpdate,
        secretKeys,
    };
    const problems = [
        ...unknownKeys(raw),
        ...validated.problems,
        ...relationProblems(validated, context, raw),
    ];
    return problems.length > 0
        ? new ConfigurationError(stack, problems)
        : resolve(validated.values, context);
}

function ownSettings(
    config: Readonly<Record<string, string>>,
    secretKeys: readonly string[],
): RawSettings {
    const own = Object.entries(config).filter(([key]) => key.startsWith(namespace));
    return {
        texts: new Map(own.map(([key, text]) => [key.slice(namespace.length), text])),
        isHidden: (key) =>
            secretKeys.includes(fullKey(key)) || (isKey(key) && specOf(key).secret === true),
    };
}

function relationProblems(
    { values, invalid }: Validated,
    context: RuleContext,
    raw: RawSettings,
): readonly Problem[] {
    const toProblem = ({ at, ...finding }: Finding): Problem => {
        const key = at.split(/[.[]/)[0] ?? at;
        const value = at === "aws:region" ? context.region : valueAt(values, at);
        const problem = { key: fullKey(at), value: shown(value), ...finding };
        return raw.isHidden(key) ? hidden(problem) : problem;
    };
    return [...rules, ...requirementRules(schema.shape)]
        .filter((rule) => !rule.keys.some((key) => invalid.has(key)))
        .flatMap((rule) => rule.check(values, context).map(toProblem));
}
