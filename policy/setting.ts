import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** One value that can be configured: its JSON schema, with a description and a default. */
export type Setting<T> = PolicyConfigJSONSchema & {
    readonly description: string;
    readonly default: T;
};

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of settings. */
export type Values<S> = {
    readonly [K in keyof S]: S[K] extends { readonly default: infer T } ? T : never;
};

/** A count, 0 or more. */
export function count(description: string, value: number): Setting<number> {
    return { type: "integer", minimum: 0, description, default: value };
}

/** Yes or no. */
export function flag(description: string, value: boolean): Setting<boolean> {
    return { type: "boolean", description, default: value };
}

/** A list of texts. */
export function texts(description: string, value: string[]): Setting<string[]> {
    return { type: "array", items: { type: "string" }, description, default: value };
}

/** One text; empty means that there is none. */
export function text(description: string, value = ""): Setting<string> {
    return { type: "string", description, default: value };
}

/** Texts by name. */
export function map(
    description: string,
    value: Record<string, string>,
): Setting<Record<string, string>> {
    return {
        type: "object",
        additionalProperties: { type: "string" },
        description,
        default: value,
    };
}

/** The configured values, with defaults where nothing is configured. */
export function valuesOf<S extends Settings>(
    settings: S | undefined,
    configured: Readonly<Record<string, unknown>>,
): Values<S> {
    const entries = Object.entries(settings ?? {}).map(([name, setting]) => [
        name,
        configured[name] ?? setting.default,
    ]);
    return Object.fromEntries(entries) as Values<S>;
}
