import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";

/**
 * Name of the bucket of artifacts that Verdi pools read; undefined where there is none. Account and region are in it,
 * as names of buckets are unique in the world, and it is known before the bucket is made, so that permissions can name
 * it.
 */
export function artifactBucketName(
    { artifacts, namePrefix }: Settings,
    { network }: Platform,
): pulumi.Output<string> | undefined {
    return artifacts.kind === "none" || !network
        ? undefined
        : pulumi.interpolate`${namePrefix}-artifacts-${network.accountId}-${network.region}`;
}
