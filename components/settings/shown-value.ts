/** A value as a message shows it. */
export function shown(value: unknown): string | undefined {
    if (value === undefined) {
        return undefined;
    }
    if (value === "" || (Array.isArray(value) && value.length === 0)) {
        return "empty";
    }
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** The part of a value that a path of Pulumi's syntax leads to: `workers[0].name`, `tags["a.b"]`. */
export function valueAt(root: unknown, path: string): unknown {
    const segments = [...path.matchAll(/"([^"]*)"|([^.[\]"]+)/g)];
    return partAt(
        root,
        segments.map(([, quoted, plain]) => quoted ?? plain ?? ""),
    );
}

/** The part of a value that a list of keys and indices leads to; undefined when there is none. */
export function partAt(root: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (value, segment) =>
            typeof value === "object" && value !== null
                ? (value as Record<PropertyKey, unknown>)[segment]
                : undefined,
        root,
    );
}
