import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { AwsFacts } from "../../platform/aws/facts";
import { Settings } from "../../settings/settings";

/** What every managed store is made from. */
export interface ManagedStoreArgs {
    readonly settings: Settings;
    readonly network: AwsFacts;
    readonly logRetentionDays: number;
}

/** How a stack guards data: `pulumi destroy` refuses, and dropping the resource from the program leaves it in AWS. */
export function guarded(settings: Settings): { protect: boolean; retainOnDelete: boolean } {
    return { protect: settings.protect, retainOnDelete: settings.protect };
}

/**
 * A password that Amazon MQ (12 to 250 characters, 4 distinct, no `,:=`) and ElastiCache (16 to 128, no `@"/`) both
 * take: 40 letters and digits. A secret.
 */
export function storePassword(
    name: string,
    settings: Settings,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const password = new random.RandomPassword(
        `${name}-password`,
        { length: 40, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
        { parent, ...guarded(settings) },
    );
    return pulumi.secret(password.result);
}
