import { rowOf } from "../resources/index";
import { isObject, Properties, Value } from "../wire/values";
import { cloudwatchRules } from "./cloudwatch";
import { eksRules } from "./eks";
import { elasticacheRules } from "./elasticache";
import { iamRules } from "./iam";
import { mqRules } from "./mq";
import { missingReference, networkRules } from "./network";
import { quotaRules } from "./quotas";
import { roleDemandRules } from "./role-demands";
import { Rule, RuleContext } from "./rule";
import { searchRules } from "./search";

/** Every refusal the simulation knows. */
export const rules: readonly Rule[] = [
    ...mqRules,
    ...elasticacheRules,
    ...searchRules,
    ...eksRules,
    ...iamRules,
    ...roleDemandRules,
    ...networkRules,
    ...quotaRules,
    ...cloudwatchRules,
];

/** Refusals of one request; empty when AWS accepts it. */
export function refusals(type: string, at: Rule["at"], context: RuleContext): string[] {
    const found = rules
        .filter((rule) => rule.type === type && rule.at === at)
        .map((rule) => rule.refusal(context));
    if (at === "create") {
        found.push(missingReference(context), duplicate(type, context));
    }
    return found.filter((refusal) => refusal !== undefined);
}

/** The refusal of a second thing where AWS admits one. */
function duplicate(type: string, { account, inputs }: RuleContext): string | undefined {
    const unique = rowOf(type).unique;
    if (!unique) {
        return undefined;
    }
    const key = (of: Properties): string =>
        JSON.stringify(unique.by.map((property) => canonical(of[property])));
    return account.ofType(type).some((other) => key(other.inputs) === key(inputs))
        ? unique.refusal(inputs)
        : undefined;
}

function canonical(value: Value | undefined): Value {
    return Array.isArray(value)
        ? value.map(canonical).sort()
        : isObject(value)
          ? value
          : (value ?? null);
}
