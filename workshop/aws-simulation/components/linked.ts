import { isObject, Properties, Value } from "../wire/values";

/** A value together with the resources it comes from, as an Output is in a program. */
export class Linked {
    constructor(
        public readonly value: Value,
        public readonly urns: readonly string[],
    ) {}

    /** Another value made of this one. */
    map(change: (value: Value) => Value): Linked {
        return new Linked(change(this.value), this.urns);
    }
}

/** What a child's inputs are written in: values, some of them linked. Undefined ones are left out. */
export type Input =
    Value | Linked | undefined | readonly Input[] | { readonly [key: string]: Input };

/** The value inside, links forgotten. */
export function valueOf(input: Input): Value | undefined {
    if (input instanceof Linked) {
        return input.value;
    }
    if (Array.isArray(input)) {
        return (input as readonly Input[]).map(valueOf).filter((value) => value !== undefined);
    }
    return isStructure(input) ? valuesOf(input) : (input as Value | undefined);
}

/**
 * What a component in TypeScript makes by `{ ...a, ...b }`: the fields of all, unless one is an Output. Spreading copies
 * an Output's inner fields, by one of which the SDK takes the result for an Output: what is beside it is lost.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/output.ts (`__pulumiOutput`, `isInstance`)
 */
export function spread(...parts: readonly Input[]): Input {
    const outputs = parts.filter((part) => part instanceof Linked);
    return outputs.at(-1) ?? (Object.assign({}, ...parts) as Input);
}

/** {@link valueOf} of every property. */
export function valuesOf(inputs: Readonly<Record<string, Input>>): Properties {
    const found: Properties = {};
    for (const [name, input] of Object.entries(inputs)) {
        const value = valueOf(input);
        if (value !== undefined) {
            found[name] = value;
        }
    }
    return found;
}

/** The resources that an input comes from. */
export function urnsOf(input: Input): string[] {
    if (input instanceof Linked) {
        return [...input.urns];
    }
    if (Array.isArray(input)) {
        return (input as readonly Input[]).flatMap(urnsOf);
    }
    return isStructure(input) ? Object.values(input).flatMap(urnsOf) : [];
}

function isStructure(input: Input): input is { readonly [key: string]: Input } {
    return isObject(input as Value) && !(input instanceof Linked);
}
