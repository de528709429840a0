/** JSON with the keys of every object in order, as Python's `json.dump(…, indent=2, sort_keys=True)` writes it. */
export function sortedJson(value: unknown): string {
    return `${JSON.stringify(sorted(value), undefined, 2)}\n`;
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, item]) => [key, sorted(item)]),
    );
}
