import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";

/** Name of the bucket of artifacts that Verdi pools read; undefined where there is none. */
export function artifactBucketName(
    { artifacts }: Settings,
    platform: Platform,
): pulumi.Output<string> | undefined {
    return artifacts.kind === "none" ? undefined : platform.bucketName("artifacts");
}
