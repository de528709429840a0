import { z } from "zod";
import { coerce } from "./coerce";
import { Fix, fullKey, Problem, propertyPath } from "./problem";
import { allowed, bare, example, partOf, pulumiType } from "./describe";
import { Key, keys, schema, Values } from "./schema";
import { partAt, shown } from "./shown-value";
import { nearest, replace } from "./suggest";

/** The configuration of our namespace, by key without it, and which keys must not be shown. */
export interface RawSettings {
    readonly texts: ReadonlyMap<string, string>;
    isHidden(key: string): boolean;
}

/** Outcome of looking at every key by itself. */
export interface Validated {
    /** Valid values; the default stands in for an invalid one. */
    readonly values: Values;
    readonly invalid: ReadonlySet<Key>;
    readonly problems: readonly Problem[];
}

/** Checks every known key by itself, so that one that is wrong hides none of the others. */
export function validateKeys(raw: RawSettings): Validated {
    const invalid = new Set<Key>();
    const problems: Problem[] = [];
    const values = keys.map((key): [Key, unknown] => {
        const type = schema.shape[key];
        const text = raw.texts.get(key);
        const value = text === undefined ? undefined : coerce(text, pulumiType(type));
        const result = type.safeParse(value);
        if (result.success) {
            return [key, result.data];
        }
        invalid.add(key);
        const found = result.error.issues.flatMap((issue) => problemsOf(key, value, issue));
        problems.push(...(raw.isHidden(key) ? found.map(hidden) : found));
        return [key, type.parse(undefined)];
    });
    return { values: Object.fromEntries(values) as unknown as Values, invalid, problems };
}

/** Keys of our namespace that there are not, with the known key that each resembles. */
export function unknownKeys(raw: RawSettings): readonly Problem[] {
    const known: readonly string[] = keys;
    return [...raw.texts]
        .filter(([key]) => !known.includes(key))
        .map(([key, text]) => {
            const problem = unknownName((each) => each, key, text, known);
            return raw.isHidden(key) ? hidden(problem) : problem;
        });
}

/** A problem with a value that must not be shown, not even in the command that changes it. */
export function hidden({ key, reason, allowed, fixes }: Problem): Problem {
    const silent = fixes.filter((fix) => "remove" in fix || fix.secret);
    return {
        key,
        reason,
        allowed,
        fixes: silent.length > 0 ? silent : [{ remove: key }],
    };
}

/** A name that does not exist; fixed by moving its value to the name that was meant, where that is clear. */
function unknownName(
    pathOf: (name: string) => string,
    name: string,
    value: unknown,
    known: readonly string[],
): Problem {
    const path = pathOf(name);
    const meant = nearest(name, known);
    const isScalar = ["string", "number", "boolean"].includes(typeof value);
    const move: readonly Fix[] =
        meant !== undefined && isScalar ? [{ set: pathOf(meant), value: value as string }] : [];
    return {
        key: fullKey(path),
        value: shown(value),
        reason:
            meant === undefined
                ? "there is no such setting"
                : `there is no such setting. Did you mean ${meant}?`,
        fixes: [{ remove: path }, ...move],
    };
}

function problemsOf(key: Key, value: unknown, issue: z.core.$ZodIssue): readonly Problem[] {
    const root = schema.shape[key];
    const path = propertyPath(key, issue.path);
    const given = partAt(value, issue.path);
    const type = partOf(root, issue.path) ?? root;
    if (issue.code === "unrecognized_keys") {
        const fields = bare(type);
        const known = fields instanceof z.ZodObject ? Object.keys(fields.shape) : [];
        return issue.keys.map((name) => ({
            ...unknownName(
                (each) => propertyPath(path, [each]),
                name,
                partAt(given, [name]),
                known,
            ),
            allowed: known.join(", "),
        }));
    }
    const fixes: readonly Fix[] =
        issue.code === "invalid_key"
            ? [{ remove: path }]
            : replace(
                  path,
                  type,
                  given,
                  bare(root) instanceof z.ZodArray ? example(root) : undefined,
              );
    const words = (issue.code === "invalid_key" ? undefined : allowed(type)) ?? allowed(root);
    return [
        {
            key: fullKey(path),
            value: shown(given),
            reason: reasonOf(issue, given),
            allowed: words,
            fixes,
        },
    ];
}

const typeNames: Readonly<Record<string, string>> = {
    number: "a whole number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    record: "a map",
    object: "a map",
    string: "text",
};

function sizeReason(origin: string): string {
    switch (origin) {
        case "string":
            return "it is too long";
        case "array":
            return "it has too few entries, or too many";
        default:
            return "it is out of range";
    }
}

function reasonOf(issue: z.core.$ZodIssue, given: unknown): string {
    switch (issue.code) {
        case "invalid_type":
            return given === undefined
                ? "it is missing"
                : `it is not ${typeNames[issue.expected] ?? issue.expected}`;
        case "too_small":
        case "too_big":
            return sizeReason(issue.origin);
        case "invalid_value":
            return "it is not one of the choices";
        case "invalid_key":
            return "this name is not allowed";
        default:
            return "it does not have the right form";
    }
}
