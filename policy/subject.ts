import type { Rule } from "./rule";
import type { Settings } from "./setting";

/** Rules about one thing: a folder of the pack. */
export interface Subject {
    readonly title: string;
    readonly rules: readonly Rule[];
}

/** A subject; its rules may each have settings of their own. */
export function subject<S extends readonly Settings[]>(
    title: string,
    rules: { readonly [K in keyof S]: Rule<S[K]> },
): Subject {
    return { title, rules: rules };
}
