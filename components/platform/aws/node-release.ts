import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { groupArchitecture } from "../../settings/limits/instances";

/**
 * The release of Amazon Linux 2023 that the nodes of a group start from. EKS chooses the newest when it makes a group,
 * or moves it to another version of Kubernetes, and none later: it has to be asked for one.
 *
 * @param setting `latest`, a release, or nothing
 * @param version Kubernetes minor version
 * @returns undefined where the group keeps what it has
 */
export function nodeRelease(
    setting: string,
    version: string,
    instanceTypes: readonly string[],
    parent: pulumi.Resource,
): pulumi.Input<string> | undefined {
    if (setting !== "latest") {
        return setting === "" ? undefined : setting;
    }
    const system = groupArchitecture(instanceTypes) === "arm64" ? "arm64" : "x86_64";
    // https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
    const name = `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${system}/standard/recommended/release_version`;
    // The parameter is public: its `value` would be hidden from previews as a secret.
    return aws.ssm.getParameterOutput({ name }, { parent }).insecureValue;
}
