/** A property value as providers exchange it: JSON, where secrets, unknowns and references are marked. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Properties = { [key: string]: Value };

// The marks of Pulumi's wire format, all under one key:
// https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Stands for a value that is not known before the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Narrows a value to an object (arrays and null excluded). */
export function isObject(value: Value | undefined): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function signature(value: Value | undefined): Value | undefined {
    return isObject(value) ? value[SIGNATURE] : undefined;
}

/** Whether the value itself, not something inside it, is marked secret. */
export function isSecret(value: Value | undefined): boolean {
    return (
        signature(value) === SECRET ||
        (signature(value) === OUTPUT && (value as Properties).secret === true)
    );
}

/** Whether the value or anything inside it is marked secret. */
export function containsSecret(value: Value | undefined): boolean {
    if (isSecret(value)) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(containsSecret);
    }
    return isObject(value) && Object.values(value).some(containsSecret);
}

/** Marks a value secret, once. */
export function secret(value: Value): Value {
    return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** Whether the value or anything inside it is unknown. */
export function containsUnknown(value: Value | undefined): boolean {
    if (value === UNKNOWN) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(containsUnknown);
    }
    return isObject(value) && Object.values(value).some(containsUnknown);
}

/** Refers to a registered resource, as components return and receive resources. */
export function resourceReference(urn: string, id: string | undefined): Value {
    return { [SIGNATURE]: RESOURCE, urn, ...(id === undefined ? {} : { id }) };
}

/** The URN behind a resource reference; undefined for any other value. */
export function referencedUrn(value: Value | undefined): string | undefined {
    return signature(value) === RESOURCE ? ((value as Properties).urn as string) : undefined;
}

/** A value as programs pass an Output's. */
export function outputOf(value: Value, dependencies: readonly string[] = []): Value {
    return { [SIGNATURE]: OUTPUT, value, dependencies: [...dependencies] };
}

/** Whether the value itself is an Output's. */
export function isOutput(value: Value | undefined): boolean {
    return signature(value) === OUTPUT;
}

/** An Output's value as it is written without Outputs, and the resources that it comes from; at every depth. */
export function withoutOutputs(value: Value): { value: Value; urns: string[] } {
    const urns: string[] = [];
    const unwrap = (of: Value): Value => {
        if (isOutput(of)) {
            const { dependencies, value: inner, secret: hidden } = of as Properties;
            urns.push(...(Array.isArray(dependencies) ? dependencies.map(String) : []));
            const known = inner === undefined ? UNKNOWN : unwrap(inner);
            return hidden === true ? secret(known) : known;
        }
        if (Array.isArray(of)) {
            return of.map(unwrap);
        }
        return isObject(of)
            ? Object.fromEntries(Object.entries(of).map(([key, item]) => [key, unwrap(item)]))
            : of;
    };
    return { value: unwrap(value), urns };
}

/** Whether anything inside the value is an Output's. */
export function containsOutput(value: Value | undefined): boolean {
    if (isOutput(value)) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(containsOutput);
    }
    return isObject(value) && Object.values(value).some(containsOutput);
}

/** The value without marks: secrets revealed, references replaced by the resource's id (URN for a component). */
export function plain(value: Value): Value {
    switch (signature(value)) {
        case SECRET:
            return plain((value as Properties).value ?? null);
        case OUTPUT:
            return plain((value as Properties).value ?? UNKNOWN);
        case RESOURCE:
            return (value as Properties).id ?? (value as Properties).urn ?? null;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return isObject(value) ? plainProperties(value) : value;
}

/** {@link plain} of every property; null properties are left out, as the engine does. */
export function plainProperties(properties: Properties): Properties {
    return Object.fromEntries(
        Object.entries(properties)
            .map(([key, value]) => [key, plain(value)] as const)
            .filter(([, value]) => value !== null),
    );
}

/** Properties with secrets revealed, at any depth, and references to resources kept. */
export function unsealed(properties: Properties): Properties {
    const reveal = (value: Value): Value => {
        if (signature(value) === RESOURCE) {
            return value;
        }
        if (signature(value) !== undefined) {
            return reveal((value as Properties).value ?? UNKNOWN);
        }
        if (Array.isArray(value)) {
            return value.map(reveal);
        }
        return isObject(value) ? unsealed(value) : value;
    };
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, reveal(value)]),
    );
}

/** Marks in `value` what is marked secret at the same place in `template`. */
export function secretsLike(value: Value, template: Value | undefined): Value {
    if (isSecret(template)) {
        return secret(value);
    }
    if (Array.isArray(value) && Array.isArray(template)) {
        return value.map((item, index) => secretsLike(item, template[index]));
    }
    if (isObject(value) && isObject(template)) {
        return Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, secretsLike(item, template[key])]),
        );
    }
    // What was made out of a value with a secret inside (a policy document, say) holds that secret.
    return containsSecret(template) ? secret(value) : value;
}

/** Marks the value at `path` secret; `*` in a path stands for every item of a list. */
export function secretAt(value: Value, path: readonly string[]): Value {
    const [head, ...rest] = path;
    if (head === undefined) {
        return value === null ? value : secret(value);
    }
    if (head === "*") {
        return Array.isArray(value) ? value.map((item) => secretAt(item, rest)) : value;
    }
    const inner = isObject(value) ? value[head] : undefined;
    return inner === undefined
        ? value
        : { ...(value as Properties), [head]: secretAt(inner, rest) };
}

/** JSON with the keys of every object in order: the wire keeps none, and a text that varies would be a change. */
export function canonicalJson(value: Value): string {
    return JSON.stringify(value, (_, item: Value) =>
        isObject(item) ? Object.fromEntries(Object.entries(item).sort(byKey)) : item,
    );
}

function byKey([a]: [string, Value], [b]: [string, Value]): number {
    return a < b ? -1 : 1;
}
