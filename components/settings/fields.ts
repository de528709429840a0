import type { Key, Values } from "./schema";

type Rest<Name, Prefix extends string> = Name extends `${Prefix}${infer First}${infer Others}`
    ? First extends Uppercase<First>
        ? Uncapitalize<`${First}${Others}`>
        : never
    : never;

/** The values of a topic's keys, under the keys' own names. */
export type Own<Keys> = Pick<Values, Extract<keyof Keys, Key>>;

/** The values of those keys of a topic that begin with a word, under what remains: `nodeType` of `redisNodeType`. */
export type Fields<Prefix extends string, Keys> = {
    readonly [Name in Extract<keyof Keys, Key> as Rest<Name, Prefix>]: Values[Name];
};

/** The values of a topic's keys. */
export function own<Keys extends object>(values: Values, keys: Keys): Own<Keys> {
    const entries = Object.keys(keys).map((name) => [name, values[name as Key]]);
    return Object.fromEntries(entries) as Own<Keys>;
}

/** The values of the keys of a topic that begin with `prefix` and a capital, without that prefix. */
export function fields<const Prefix extends string, Keys extends object>(
    values: Values,
    prefix: Prefix,
    keys: Keys,
): Fields<Prefix, Keys> {
    const entries = Object.keys(keys).flatMap((name) => {
        const [, first, others] = new RegExp(`^${prefix}([A-Z0-9])(.*)$`).exec(name) ?? [];
        return first === undefined
            ? []
            : [[`${first.toLowerCase()}${others ?? ""}`, values[name as Key]]];
    });
    return Object.fromEntries(entries) as Fields<Prefix, Keys>;
}
