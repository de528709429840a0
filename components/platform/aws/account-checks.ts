import * as pulumi from "@pulumi/pulumi";

/** What a look at the account found that AWS would refuse, each with its remedy; empty where nothing was found. */
export type Refusals = readonly string[];

/**
 * What a check of the account throws as an error of its user, as a value, so that other checks are told as well.
 *
 * @throws whatever else the check throws
 */
export function refusalsOf(check: () => unknown): Refusals {
    try {
        check();
        return [];
    } catch (error) {
        if (pulumi.RunError.isInstance(error)) {
            return [error.message];
        }
        throw error;
    }
}

/**
 * A value that all checks of the account let through.
 *
 * @throws pulumi.RunError with all that they found
 */
export function accepted<Value>(value: Value, checks: readonly Refusals[]): Value {
    const refusals = checks.flat();
    if (refusals.length > 0) {
        throw new pulumi.RunError(refusals.join("\n"));
    }
    return value;
}
