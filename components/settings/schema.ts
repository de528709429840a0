import { z } from "zod";
import { keySpecs, KeySpec } from "./key";
import { keys as topicKeys } from "./topics";

/**
 * Every configuration key of the project: the single source of validation, of the `config` section of Pulumi.yaml and
 * of docs/settings.md.
 */
export const schema = z.strictObject(topicKeys);

type Immutable<T> = T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Immutable<Element>[]
      : { readonly [Field in keyof T]: Immutable<T[Field]> };

/** Validated values by key, before they are arranged as Settings. */
export type Values = Immutable<z.output<typeof schema>>;
export type Key = keyof Values;

/** All keys, in the order in which they are documented. */
export const keys = Object.keys(schema.shape) as Key[];

/** Whether there is a key of this name. */
export function isKey(name: string): name is Key {
    return Object.hasOwn(schema.shape, name);
}

/**
 * What is said of a key beside its type.
 *
 * @throws Error when the key was not made by `key`
 */
export function specOf(name: Key): KeySpec<unknown> {
    const spec = keySpecs.get(schema.shape[name]);
    if (!spec) {
        throw new Error(`${name} has no spec`);
    }
    return spec;
}
