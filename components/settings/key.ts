import { z } from "zod";
import type { Requirement } from "./requires";

/** Headings under which the settings are documented. */
export type Group =
    | "General"
    | "Network"
    | "EKS cluster"
    | "Node groups"
    | "Institution"
    | "Existing cluster"
    | "Stores"
    | "Redis"
    | "RabbitMQ"
    | "Search"
    | "External stores"
    | "Object store"
    | "Backups"
    | "HySDS"
    | "Autoscaling"
    | "Images"
    | "Access"
    | "Observability";

/** What is said of one configuration key beside its type. */
export interface KeySpec<Default> {
    readonly default: Default;
    readonly description: string;
    /** What is allowed, in words; derived from the type for enumerations, numbers and booleans. */
    readonly allowed?: string;
    /** A valid value for the command that fixes an invalid one; the default when absent. */
    readonly example?: string;
    /**
     * Without what the key would do nothing; one requirement, or several of which one suffices. A key that differs
     * from its default where its requirement is not met is refused: who set it believes that it does something.
     */
    readonly requires?: Requirement | readonly Requirement[];
    /** Its value is never shown. */
    readonly secret?: boolean;
}

/** The spec of every key, found by its schema. */
export const keySpecs = z.registry<KeySpec<unknown>>();

const groups = z.registry<{ readonly group: Group }>();

/**
 * One configuration key: the type of its value, with a default, since the Pulumi engine makes every key that
 * `Pulumi.yaml` lists without a default required.
 * https://github.com/pulumi/pulumi/blob/master/pkg/workspace/config.go
 */
export function key<T extends z.ZodType>(
    type: T,
    spec: KeySpec<z.core.util.NoUndefined<z.output<T>>>,
): z.ZodDefault<T> {
    const schema = type.default(spec.default);
    keySpecs.add(schema, spec);
    return schema;
}

/** The keys of one topic, documented under one heading. */
export function topicKeys<Keys extends Readonly<Record<string, z.ZodType>>>(
    group: Group,
    keys: Keys,
): Keys {
    Object.values(keys).forEach((schema) => groups.add(schema, { group }));
    return keys;
}

/** The heading of a key, by its schema; undefined when no topic has it. */
export function groupOf(schema: z.ZodType): Group | undefined {
    return groups.get(schema)?.group;
}

/** A string that may be left out: empty, as the engine has no null. */
export function optional(pattern: RegExp): z.ZodString {
    return z.string().regex(new RegExp(`^$|${pattern.source}`));
}

/** Configuration has no null: an empty text means that there is nothing. */
export function given(text: string): string | undefined {
    return text === "" ? undefined : text;
}
