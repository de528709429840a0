/** Field types that HySDS's index mappings are made of. */
export type Field = { readonly [key: string]: unknown };
export type Properties = Readonly<Record<string, Field>>;

/** Longer values are kept, and not indexed. */
const ignore_above = 256;
/** The field that free-text search of the HySDS UI looks into. */
const copy_to = ["text_fields"];

const exact: Field = { type: "keyword", ignore_above };

export const keyword: Field = { ...exact, copy_to };
export const text: Field = { type: "text", copy_to };
export const textAndKeyword: Field = { type: "text", fields: { keyword: exact } };
export const searchableTextAndKeyword: Field = { ...textAndKeyword, copy_to };
export const plainKeyword: Field = { type: "keyword" };
export const plainText: Field = { type: "text" };
export const date: Field = { type: "date" };
export const integer: Field = { type: "integer" };
export const long: Field = { type: "long" };
export const double: Field = { type: "double" };
export const boolean: Field = { type: "boolean" };
export const shape: Field = { type: "geo_shape" };
/** Kept in the document, and not indexed. */
export const opaque: Field = { type: "object", enabled: false };

/** An object with these fields. */
export function object(properties: Properties): Field {
    return { properties };
}

/** The same type for several fields. */
export function all(type: Field, ...names: readonly string[]): Properties {
    return Object.fromEntries(names.map((name) => [name, type]));
}
