import * as pulumi from "@pulumi/pulumi";
import { AwsFacts } from "./facts";

/**
 * The policy of a KMS key that its account administers by IAM, without which nobody could change the key any more, and
 * that AWS services use by the statements given.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(
    { partition, accountId }: Pick<AwsFacts, "partition" | "accountId">,
    ...statements: readonly object[]
): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Account",
                Effect: "Allow",
                Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
                Action: "kms:*",
                Resource: "*",
            },
            ...statements,
        ],
    });
}
