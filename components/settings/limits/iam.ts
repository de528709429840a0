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
