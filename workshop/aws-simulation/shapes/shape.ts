/** What a published TypeScript type says of a property, reduced to what can be checked on the wire. */
export type Shape =
    | "string"
    | "number"
    | "boolean"
    | "any"
    /** A resource, or its id. */
    | "resource"
    | { readonly array: Shape }
    | { readonly map: Shape }
    | { readonly object: ObjectShape }
    /** An interface by its qualified name, such as `mq.BrokerUser`, in a package. */
    | { readonly ref: string; readonly package: string }
    | { readonly union: readonly Shape[] };

export interface PropertyShape {
    readonly shape: Shape;
    readonly required: boolean;
}

export type ObjectShape = Readonly<Record<string, PropertyShape>>;

/** The interfaces of one file by qualified name. */
export type Interfaces = Readonly<Record<string, ObjectShape>>;
