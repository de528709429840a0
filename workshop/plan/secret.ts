import * as util from "node:util";

/** What stands in every printed or written text where a secret value would be. */
export const SECRET_MARKER = "<secret>";

/** A value that is a Pulumi secret. It prints and serialises as a marker; only `reveal` gives the value. */
export class SecretValue {
    readonly #value: unknown;

    constructor(value: unknown) {
        this.#value = value;
    }

    reveal(): unknown {
        return this.#value;
    }

    toString(): string {
        return SECRET_MARKER;
    }

    toJSON(): string {
        return SECRET_MARKER;
    }

    [util.inspect.custom](): string {
        return SECRET_MARKER;
    }
}

/** `value` with every secret replaced by its content, at any depth. For checks in memory, never for output. */
export function reveal(value: unknown): unknown {
    return value instanceof SecretValue ? reveal(value.reveal()) : mapChildren(value, reveal);
}

/**
 * `value` with every leaf of a secret replaced by the marker. Keys and list lengths inside a secret stay, so that a
 * redacted Kubernetes Secret still shows which files it holds.
 */
export function redact(value: unknown): unknown {
    return value instanceof SecretValue
        ? maskLeaves(reveal(value.reveal()))
        : mapChildren(value, redact);
}

/** Every text inside a secret of `value`, for tests that scan output for leaks. */
export function secretTexts(value: unknown): string[] {
    if (value instanceof SecretValue) {
        return leaves(reveal(value.reveal())).map(String);
    }
    return children(value).flatMap(secretTexts);
}

function maskLeaves(value: unknown): unknown {
    return isContainer(value) ? mapChildren(value, maskLeaves) : SECRET_MARKER;
}

function leaves(value: unknown): unknown[] {
    return isContainer(value) ? children(value).flatMap(leaves) : [value];
}

function isContainer(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

function children(value: unknown): unknown[] {
    return isContainer(value) && !(value instanceof SecretValue) ? Object.values(value) : [];
}

function mapChildren(value: unknown, change: (child: unknown) => unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(change);
    }
    if (!isContainer(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, change(child)]));
}
