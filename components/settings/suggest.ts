import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { bare, choices, defaultOf, example, pulumiType } from "./describe";
import { Fix } from "./problem";

/** The known name that an unknown one is a slip of; undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
    const lower = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
    const best = closest(name.toLowerCase(), [...lower.keys()]);
    const tolerance = Math.max(2, Math.floor(name.length / 3));
    return distance(name.toLowerCase(), best) <= tolerance ? lower.get(best) : undefined;
}

/** The known name that is near an unknown one, as the end of a reason; empty when none is. */
export function nearHint(name: string, known: readonly string[]): string {
    const meant = nearest(name, known);
    return meant === undefined ? "" : `; ${meant} is near`;
}

const words: ReadonlyMap<string, boolean> = new Map([
    ["yes", true],
    ["on", true],
    ["1", true],
    ["no", false],
    ["off", false],
    ["0", false],
]);

/** A valid value near the one that was given; undefined when the default is the best there is. */
function suggestion(
    schema: z.core.$ZodType,
    value: unknown,
): string | number | boolean | undefined {
    const type = bare(schema);
    const given = typeof value === "string" || typeof value === "number" ? String(value) : "";
    if (type instanceof z.ZodBoolean) {
        return words.get(given.toLowerCase()) ?? given.toLowerCase() === "true";
    }
    if (type instanceof z.ZodNumber && /^-?\d+(\.\d+)?$/.test(given)) {
        const { minValue, maxValue } = type;
        return Math.min(Math.max(Math.round(Number(given)), minValue ?? 0), maxValue ?? Infinity);
    }
    const options = choices(schema);
    if (options) {
        const name = nearest(given, options.map(String));
        return options.find((option) => String(option) === name);
    }
    return example(schema);
}

/**
 * The commands that replace an invalid value by a valid one.
 *
 * @param path of the value in the configuration
 * @param fallback a valid value, where the type knows none
 */
export function replace(
    path: string,
    schema: z.core.$ZodType,
    value: unknown,
    fallback?: string,
): readonly Fix[] {
    const type = bare(schema);
    if (type instanceof z.ZodArray && typeof value === "string") {
        const element = example(schema) ?? value;
        return [{ remove: path }, { set: `${path}[0]`, value: element }];
    }
    if (pulumiType(type) === "object" || type instanceof z.ZodArray) {
        return [{ remove: path }];
    }
    const valid = suggestion(schema, value) ?? scalar(defaultOf(schema)) ?? fallback;
    return [valid === undefined || valid === "" ? { remove: path } : { set: path, value: valid }];
}

function scalar(value: unknown): string | number | boolean | undefined {
    return typeof value === "object" ? undefined : (value as string | number | boolean);
}
