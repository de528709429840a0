import { z } from "zod";

/** Headings under which the settings are documented. */
export type Group =
    | "General"
    | "Network"
    | "EKS cluster"
    | "Node groups"
    | "Existing cluster"
    | "Stores"
    | "Redis"
    | "RabbitMQ"
    | "Search"
    | "Object store"
    | "Backups"
    | "HySDS"
    | "Autoscaling"
    | "Images"
    | "Access"
    | "Observability";

/**
 * Where a key means something. Elsewhere it is refused when it differs from its default, since it would silently do
 * nothing. `new-network` and `existing-network` are platform `aws` without and with `vpcId`.
 */
export type Scope =
    "aws" | "new-network" | "existing-network" | "existing" | "managed" | "in-cluster";

/** What is known of one configuration key beside its type. */
export interface KeyFacts<Default> {
    readonly group: Group;
    readonly default: Default;
    readonly description: string;
    /** What is allowed, in words; derived from the type for enumerations, numbers and booleans. */
    readonly allowed?: string;
    /** A valid value for the command that mends an invalid one; the default when absent. */
    readonly example?: string;
    readonly scope?: Scope;
    /** Its value is never shown. */
    readonly secret?: boolean;
}

/** Facts of every key, found by its schema. */
export const keyFacts = z.registry<KeyFacts<unknown>>();

/**
 * One configuration key: the type of its value, with a default, since the Pulumi engine makes every key that
 * `Pulumi.yaml` lists without a default required.
 * https://github.com/pulumi/pulumi/blob/master/pkg/workspace/config.go
 */
export function key<T extends z.ZodType>(
    type: T,
    facts: KeyFacts<z.core.util.NoUndefined<z.output<T>>>,
): z.ZodDefault<T> {
    const schema = type.default(facts.default);
    keyFacts.add(schema, facts);
    return schema;
}

/** A string that may be left out: empty, as the engine has no null. */
export function optional(pattern: RegExp): z.ZodString {
    return z.string().regex(new RegExp(`^$|${pattern.source}`));
}
