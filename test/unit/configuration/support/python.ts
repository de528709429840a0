/** Any JSON value, and Python source that is no literal as `{ python: source }`. */
export type PythonData = unknown;

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|[^"A-Za-z_]+/gs;
const CONSTANTS: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };

/**
 * What `NAME = literal` lines of a Python module assign. Reads the part of Python whose literals are JSON but for
 * three constants; whatever is beyond it fails.
 */
export function pythonAssignments(source: string): Record<string, PythonData> {
    const lines = source.matchAll(/^([A-Za-z_]\w*) = (.*)$/gm);
    return Object.fromEntries<PythonData>(
        [...lines].map(([, name = "", text = ""]) => [name, literal(text)] as const),
    );
}

/** A string that Python hides from logs is that string. */
const HIDDEN = /_Hidden\(("(?:[^"\\]|\\.)*")\)/gs;

function literal(text: string): PythonData {
    const tokens = text.replaceAll(HIDDEN, "$1").match(TOKEN) ?? [];
    const json = tokens.map((token) =>
        /^[A-Za-z_]/.test(token) ? (CONSTANTS[token] ?? JSON.stringify({ python: token })) : token,
    );
    return JSON.parse(json.join(""));
}
