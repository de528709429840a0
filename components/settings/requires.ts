import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { keySpecs } from "./key";
import { Finding, Rule, remove, rule } from "./rule";
import type { Key, Values } from "./schema";
import { shown } from "./shown-value";

/** Stands for any value but the empty one. */
export const SET = Symbol("set");

type Needed = string | number | boolean | typeof SET | readonly string[];

/** Keys with the value that each must have, all of them together; a list allows any of its values. */
export type Requirement = Readonly<Record<string, Needed>>;

/** The requirements of a key, of which one suffices; none when it always means something. */
export function requirementsOf(schema: z.core.$ZodType): readonly Requirement[] {
    const requires = keySpecs.get(schema)?.requires ?? [];
    return Array.isArray(requires) ? (requires as Requirement[]) : [requires as Requirement];
}

function isMet(needed: Needed, value: unknown): boolean {
    if (needed === SET) {
        return shown(value) !== "empty";
    }
    return Array.isArray(needed) ? needed.includes(value) : value === needed;
}

function needs(key: string, needed: Needed): string {
    if (needed === SET) {
        return `${key} set`;
    }
    const values = Array.isArray(needed) ? (needed as string[]) : [String(needed)];
    return `${key} ${values.map((value) => shown(value)).join(" or ")}`;
}

/** What a key needs, in words: `autoscaling keda and kedaInstall helm`; empty when it always means something. */
export function requirementWords(schema: z.core.$ZodType): string {
    return requirementsOf(schema)
        .map((requirement) =>
            Object.entries(requirement)
                .map(([key, needed]) => needs(key, needed))
                .join(" and "),
        )
        .join(", or ");
}

/** The keys that stand in the way, each with the value that it has. */
function unmet(requirements: readonly Requirement[], values: Values): string {
    const obstacles = requirements
        .flatMap((requirement) => Object.entries(requirement))
        .filter(([key, needed]) => !isMet(needed, values[key as Key]))
        .map(([key]) => `${key} is ${shown(values[key as Key])}`);
    return [...new Set(obstacles)].join(" and ");
}

/**
 * The engine passes defaults on like values that were set, so the two cannot be told apart: a value that equals its
 * default counts as not set.
 */
function withoutEffect(key: Key, schema: z.core.$ZodType, values: Values): readonly Finding[] {
    const requirements = requirementsOf(schema);
    const fallback = keySpecs.get(schema)?.default;
    const applies = requirements.some((requirement) =>
        Object.entries(requirement).every(([name, needed]) => isMet(needed, values[name as Key])),
    );
    if (applies || isDeepStrictEqual(values[key], fallback)) {
        return [];
    }
    return [
        {
            at: key,
            reason: `it does nothing while ${unmet(requirements, values)}`,
            allowed: `its default (${shown(fallback)}), or ${requirementWords(schema)}`,
            fixes: [remove(key)],
        },
    ];
}

/** Refuses every key that would do nothing in the stack. */
export function requirementRules(
    shape: Readonly<Record<string, z.core.$ZodType>>,
): readonly Rule[] {
    return Object.entries(shape).flatMap(([name, schema]) => {
        const needed = requirementsOf(schema).flatMap(Object.keys);
        return needed.length === 0
            ? []
            : [
                  rule(`${name}-does-something`, [name, ...needed] as Key[], (values) =>
                      withoutEffect(name as Key, schema, values),
                  ),
              ];
    });
}
