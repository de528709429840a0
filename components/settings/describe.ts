import { z } from "zod";
import { keySpecs } from "./key";

/** Type of a configuration value in the `config` section of Pulumi.yaml. */
export type PulumiType = "string" | "integer" | "boolean" | "array" | "object";

/** The type beneath defaults and what may be left out or null. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
    if (
        schema instanceof z.ZodDefault ||
        schema instanceof z.ZodOptional ||
        schema instanceof z.ZodNullable
    ) {
        return bare(schema.def.innerType);
    }
    return schema instanceof z.ZodPipe ? bare(schema.def.in) : schema;
}

/** What Pulumi calls the type of a value. */
export function pulumiType(schema: z.core.$ZodType): PulumiType {
    const type = bare(schema);
    if (type instanceof z.ZodNumber) {
        return "integer";
    }
    if (type instanceof z.ZodLiteral) {
        return [...type.values].every((value) => typeof value === "number") ? "integer" : "string";
    }
    if (type instanceof z.ZodBoolean) {
        return "boolean";
    }
    if (type instanceof z.ZodArray) {
        return "array";
    }
    return type instanceof z.ZodObject || type instanceof z.ZodRecord ? "object" : "string";
}

/** The values of an enumeration; undefined for other types. */
export function choices(schema: z.core.$ZodType): readonly (string | number)[] | undefined {
    const type = bare(schema);
    if (type instanceof z.ZodEnum) {
        return type.options;
    }
    return type instanceof z.ZodLiteral
        ? [...type.values].filter((v) => typeof v === "string" || typeof v === "number")
        : undefined;
}

/** What is allowed, in words; from the type where that says it all, undefined where nothing does. */
export function allowed(schema: z.core.$ZodType): string | undefined {
    const words = stated(schema).allowed;
    if (words !== undefined) {
        return words;
    }
    const options = choices(schema);
    if (options) {
        return options.join(", ");
    }
    const type = bare(schema);
    if (type instanceof z.ZodNumber) {
        return `a whole number from ${type.minValue} to ${type.maxValue}`;
    }
    return type instanceof z.ZodBoolean ? "true or false" : undefined;
}

/** A valid value to suggest, where one is stated. */
export function example(schema: z.core.$ZodType): string | undefined {
    return stated(schema).example;
}

/** The default value; undefined when there is none. */
export function defaultOf(schema: z.core.$ZodType): unknown {
    return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** The type of a part of a value, by its path; undefined when the path leads nowhere. */
export function partOf(
    schema: z.core.$ZodType,
    path: readonly PropertyKey[],
): z.core.$ZodType | undefined {
    const [first, ...rest] = path;
    if (first === undefined) {
        return schema;
    }
    const type = bare(schema);
    if (type instanceof z.ZodArray) {
        return partOf(type.def.element, rest);
    }
    if (type instanceof z.ZodRecord) {
        return partOf(type.def.valueType, rest);
    }
    const field =
        type instanceof z.ZodObject ? (type.shape as z.ZodRawShape)[String(first)] : undefined;
    return field && partOf(field, rest);
}

interface Stated {
    readonly allowed?: string;
    readonly example?: string;
}

/** Keys of configuration keep their specs in a registry of their own; fields of worker pools keep them as metadata. */
function stated(schema: z.core.$ZodType): Stated {
    return keySpecs.get(schema) ?? (z.globalRegistry.get(schema) as Stated | undefined) ?? {};
}
