import { autoNameOf } from "./resources";
import { hex } from "./account";
import { ObjectShape, Shape } from "./shapes/shape";
import { ProviderError } from "./wire/errors";
import {
    canonicalJson,
    containsSecret,
    containsUnknown,
    isObject,
    plain,
    Properties,
    secret,
    UNKNOWN,
    Value,
} from "./wire/values";

/** Digits that the provider appends to a logical name. */
const SUFFIX_LENGTH = 7;

/** Where the inputs remember which of them the provider chose itself. */
export const DEFAULTS = "__defaults";

/** Properties that the provider, and not the program, gave a value. */
export function defaultsOf(inputs: Properties | undefined): string[] {
    const defaults = inputs?.[DEFAULTS];
    return Array.isArray(defaults) ? defaults.map((name) => name as string) : [];
}

/**
 * Adds the physical name when the program gave none: the old one, or the logical name and seven digits.
 *
 * @throws ProviderError when that is longer than AWS allows, as the provider says it.
 */
export function withAutoName(
    type: string,
    name: string,
    inputs: Properties,
    context: {
        readonly olds: Properties | undefined;
        readonly seed: string;
        readonly shape: ObjectShape;
    },
): Properties {
    const auto = autoNameOf(type, context.shape);
    const given = auto && (inputs[auto.property] ?? inputs[`${auto.property}Prefix`]);
    if (!auto || given !== undefined) {
        return { ...inputs, [DEFAULTS]: [] };
    }
    const { property, maxLength = 255 } = auto;
    if (name.length + 1 + SUFFIX_LENGTH > maxLength) {
        throw new ProviderError(
            `failed to create auto name: name '${name}-' plus ${SUFFIX_LENGTH} random chars is longer than maximum length ${maxLength}`,
        );
    }
    const old = defaultsOf(context.olds).includes(property) ? context.olds?.[property] : undefined;
    const fresh = `${name}-${hex(context.seed, SUFFIX_LENGTH)}`;
    return { ...inputs, [property]: old ?? fresh, [DEFAULTS]: [property] };
}

/** Writes out as JSON what may be given either as text or as a policy document's object. */
export function withDocumentsAsText(inputs: Properties, shape: ObjectShape): Properties {
    return Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [
            name,
            isDocument(shape[name]?.shape) && isObject(plain(value)) ? asText(value) : value,
        ]),
    );
}

function isDocument(shape: Shape | undefined): boolean {
    return (
        typeof shape === "object" &&
        "union" in shape &&
        shape.union.includes("string") &&
        shape.union.some((alternative) => typeof alternative === "object" && "ref" in alternative)
    );
}

function asText(value: Value): Value {
    const document = plain(value);
    const text = containsUnknown(document) ? UNKNOWN : canonicalJson(document);
    return containsSecret(value) ? secret(text) : text;
}

/** Decodes a provider's configuration, where everything but text travels as JSON in a text. */
export function decodedConfig(config: Properties, shape: ObjectShape): Properties {
    return Object.fromEntries(
        Object.entries(config)
            .filter(([name]) => name !== "version" && name !== "pluginDownloadURL")
            .map(([name, value]) => [name, decoded(plain(value), shape[name]?.shape)]),
    );
}

function decoded(value: Value, shape: Shape | undefined): Value {
    if (
        typeof value !== "string" ||
        value === UNKNOWN ||
        shape === "string" ||
        shape === undefined
    ) {
        return value;
    }
    try {
        return JSON.parse(value) as Value;
    } catch {
        return value;
    }
}
