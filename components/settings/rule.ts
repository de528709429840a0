import { Fix, fullKey } from "./problem";
import type { Key, Values } from "./schema";

/** What a rule may look at beside the values. */
export interface RuleContext {
    readonly stack: string;
    /** `aws:region` of the stack; undefined when it is not set. */
    readonly region?: string;
    /** Keys of the stack by which the AWS provider takes another role, such as `aws:assumeRoles`. */
    readonly assumedRoleKeys: readonly string[];
    /** Whether this run makes and changes things; a preview and a drawing do not. */
    readonly isUpdate: boolean;
    /** Keys whose values are encrypted in the stack file, with their namespaces. */
    readonly secretKeys: readonly string[];
}

/** What a rule found: what is wrong with which value, and how to fix it. */
export interface Finding {
    /** Key, or path of a part of its value, without namespace: `workers[1].name`. */
    readonly at: string;
    /** Why the value does not do: a clause. */
    readonly reason: string;
    readonly allowed?: string;
    readonly fixes: readonly Fix[];
}

/** A relation that the values of several keys must have to each other. */
export interface Rule {
    /** Names the rule in tests and in discussions. */
    readonly name: string;
    /** The keys that it relates. When one of them is invalid by itself, the rule is not asked. */
    readonly keys: readonly Key[];
    check(values: Values, context: RuleContext): readonly Finding[];
}

/** A rule, in one expression. */
export function rule(name: string, keys: readonly Key[], check: Rule["check"]): Rule {
    return { name, keys, check };
}

/** A rule with one finding, where something is wrong. */
export function refuse(
    name: string,
    keys: readonly Key[],
    isWrong: (values: Values) => boolean,
    finding: Finding,
): Rule {
    return rule(name, keys, (values) => (isWrong(values) ? [finding] : []));
}

type TextKey = { [Name in Key]: Values[Name] extends string ? Name : never }[Key];

/**
 * A rule that a credential, where there is one, is encrypted in the stack's file.
 *
 * @param file what the command that fixes it reads the credential from
 */
export function encrypted(name: string, key: TextKey, file: string): Rule {
    return rule(name, [key], (values, { secretKeys }) =>
        values[key] === "" || secretKeys.includes(fullKey(key))
            ? []
            : [
                  {
                      at: key,
                      reason: "it is a credential in plain text",
                      allowed: "a value that is set with --secret",
                      fixes: [{ set: key, value: file, secret: true }],
                  },
              ],
    );
}

type ListKey = { [Name in Key]: Values[Name] extends readonly string[] ? Name : never }[Key];

/** A rule that a list names nothing twice. */
export function distinct(key: ListKey): Rule {
    return rule(`${key}-are-distinct`, [key], (values) =>
        repeated(values[key]).map((index) => ({
            at: `${key}[${index}]`,
            reason: "it is in the list twice",
            fixes: [remove(`${key}[${index}]`)],
        })),
    );
}

/** Sets a key, or a part of it, to a value. */
export function set(path: string, value: string | number | boolean): Fix {
    return { set: path, value };
}

/** Removes a key, so that its default holds, or a part of it. */
export function remove(path: string): Fix {
    return { remove: path };
}

/** Indices of the elements that occurred before. */
export function repeated(elements: readonly string[]): readonly number[] {
    return elements.flatMap((element, index) => (elements.indexOf(element) < index ? [index] : []));
}
