import { runtime } from "@pulumi/pulumi";

/** Property values as the engine sends them, with its marks for secret and unknown values. */
export type WireProperties = Record<string, unknown>;

/** Marks a value as secret. */
export function secret(value: unknown): unknown {
    return { [runtime.specialSigKey]: runtime.specialSecretSig, value };
}

/** The value without any mark of secrecy on it or inside it. */
export function plain(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const properties = value as WireProperties;
    if (properties[runtime.specialSigKey] === runtime.specialSecretSig) {
        return plain(properties["value"]);
    }
    return Object.fromEntries(
        Object.entries(properties).map(([key, inner]) => [key, plain(inner)]),
    );
}

/** Whether the value is one that a preview does not know yet. */
export function isUnknown(value: unknown): boolean {
    return value === runtime.unknownValue;
}
