import type { PulumiType } from "./describe";

/**
 * The typed value of a configuration string, which is how the engine passes every value to a program. Text that is not
 * of the type is returned as it is, for validation to complain about.
 */
export function coerce(text: string, type: PulumiType): unknown {
    switch (type) {
        case "string":
            return text;
        case "integer":
            return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
        case "boolean":
            return text === "true" ? true : text === "false" ? false : text;
        case "array":
        case "object":
            return parseJson(text);
    }
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}
