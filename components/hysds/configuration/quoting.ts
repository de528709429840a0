/** What {@link pythonLiteral} can write. */
export type PythonValue =
    | string
    | number
    | boolean
    | null
    | PythonExpression
    | PythonSecret
    | readonly PythonValue[]
    | { readonly [key: string]: PythonValue };

/** Python source that is not a literal, such as `ssl.CERT_REQUIRED`. Never built from input. */
export class PythonExpression {
    constructor(readonly source: string) {}
}

/** A string that Python shows as asterisks, for modules that begin with {@link HIDDEN_STRING}. */
export class PythonSecret {
    constructor(readonly value: string) {}
}

/** The class of a {@link PythonSecret}: the string to whoever uses it, and nothing of it in lists that are logged. */
export const HIDDEN_STRING = `class _Hidden(str):
    def __repr__(self):
        return "'***'"
`;

/**
 * A Python literal. Strings are written as JSON strings: every escape that JSON knows means the same in a Python
 * string literal, and Python source is UTF-8, so every string survives.
 * https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 *
 * @throws RangeError for a number that Python has no literal for (NaN, Infinity).
 */
export function pythonLiteral(value: PythonValue): string {
    if (value === null) {
        return "None";
    }
    if (value instanceof PythonExpression) {
        return value.source;
    }
    if (value instanceof PythonSecret) {
        return `_Hidden(${JSON.stringify(value.value)})`;
    }
    switch (typeof value) {
        case "string":
            return JSON.stringify(value);
        case "boolean":
            return value ? "True" : "False";
        case "number":
            if (!Number.isFinite(value)) {
                throw new RangeError(`Python has no literal for ${value}`);
            }
            return String(value);
        default:
            return pythonContainer(value);
    }
}

function pythonContainer(value: readonly PythonValue[] | { readonly [key: string]: PythonValue }) {
    if (isArray(value)) {
        return `[${value.map(pythonLiteral).join(", ")}]`;
    }
    const entries = Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`,
    );
    return `{${entries.join(", ")}}`;
}

function isArray(value: PythonValue): value is readonly PythonValue[] {
    return Array.isArray(value);
}

/** `KEY = literal` lines, in the order given: celeryconfig.py, and Flask's settings.cfg, which is Python too. */
export function pythonAssignments(settings: Readonly<Record<string, PythonValue>>): string {
    return Object.entries(settings)
        .map(([key, value]) => `${key} = ${pythonLiteral(value)}\n`)
        .join("");
}

/**
 * A double-quoted string of the Logstash configuration language, for pipelines that run with
 * `config.support_escapes: true`. Logstash replaces `${NAME:default}` in strings and has no escape for it, so a `${`
 * in the value is written as the default of a variable that nobody sets; so is a backslash at the end, where the
 * grammar would take `\\"` for an escaped quote.
 * https://www.elastic.co/guide/en/logstash/7.10/environment-variables.html
 */
export function logstashString(value: string): string {
    const escaped = value
        .replace(/["\\]/g, "\\$&")
        .replaceAll("${", "${HYSDS_DOLLAR:$}{")
        .replace(/\\\\$/, "${HYSDS_BACKSLASH:\\\\}");
    return `"${escaped}"`;
}
