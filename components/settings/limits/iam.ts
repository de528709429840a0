/** A policy that can be a permissions boundary: of the account, or one of AWS's. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const boundaryArn =
    /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/;

/** Path of a role; AWS takes empty parts too, which nothing shows well. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const rolePath = /^(?=.{3,512}$)\/([!-.0-~]+\/)+$/;

/** Most characters of a role's name. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const maxRoleName = 64;

/** Start of a role's name, which leaves as much again for the rest. */
export const rolePrefix = /^[\w+=,.@-]{1,32}$/;

/** Most characters of all inline policies of a role, without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxInlinePolicy = 10_240;

/** What the policy of job workers has beside the dataset buckets: actions, the bucket of artifacts, the registry. */
const OTHER_STATEMENTS = 1500;

/** ARN of a bucket in the longest partition, and again with `/*`, each in quotes and with a comma. */
const CHARACTERS_OF_TWO_ARNS = 2 * `"arn:aws-us-gov:s3:::",`.length + "/*".length;

/** At most so many characters has the policy by which job workers read and write buckets. */
export function bucketPolicyCharacters(buckets: readonly string[]): number {
    return buckets.reduce(
        (sum, bucket) => sum + CHARACTERS_OF_TWO_ARNS + 2 * bucket.length,
        OTHER_STATEMENTS,
    );
}
