import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../platform";

/** Where in AWS a stack is, and what stores need to know of its network. */
export interface AwsFacts {
    readonly vpcId: pulumi.Output<string>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    /** Security group of the nodes, and so of the pods: the only source that stores admit. */
    readonly podSecurityGroupId: pulumi.Output<string>;
    readonly region: pulumi.Output<string>;
    readonly partition: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
}

/** A platform on AWS, as only what lies below a folder `aws` may see it. */
export interface AwsFoundation extends Platform {
    readonly facts: AwsFacts;
}

/** What is known of AWS; undefined on a platform outside it. */
export function awsFacts(platform: Platform): AwsFacts | undefined {
    return isFoundation(platform) ? platform.facts : undefined;
}

/** Account and region are in it, and it is known before the bucket is made, so that permissions can name it. */
export function bucketName(
    prefix: string,
    purpose: string,
    { accountId, region }: Pick<AwsFacts, "accountId" | "region">,
): pulumi.Output<string> {
    return pulumi.interpolate`${prefix}-${purpose}-${accountId}-${region}`;
}

function isFoundation(platform: Platform): platform is AwsFoundation {
    return "facts" in platform;
}
