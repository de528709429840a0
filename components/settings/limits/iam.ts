/** A policy of the account, or one of AWS's. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const managedPolicy =
    /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/;

/** Path of a role; AWS takes empty parts too, which nothing shows well. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const rolePath = /^(?=.{3,512}$)\/([!-.0-~]+\/)+$/;

/** Most characters of a role's name. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const maxRoleName = 64;

/** Start of a role's name, which leaves as much again for the rest. */
export const rolePrefix = /^[\w+=,.@-]{1,32}$/;

/** Most managed policies of a role, where AWS was not asked for more. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxManagedPolicies = 10;

/** A key itself: an alias does not do in a policy. https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN */
export const kmsKey =
    /^arn:(aws|aws-us-gov|aws-cn):kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/;

/** Most characters of all inline policies of a role, without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxInlinePolicy = 10_240;

/** What the policy of job workers has beside the dataset buckets: actions, the bucket of artifacts, the registry. */
const OTHER_STATEMENTS = 1500;

/** ARN of a bucket in the longest partition, and again with `/*`, each in quotes and with a comma. */
const CHARACTERS_OF_TWO_ARNS = 2 * `"arn:aws-us-gov:s3:::",`.length + "/*".length;

/**
 * At most so many characters has the policy by which job workers read and write buckets, and use the keys that these
 * are encrypted with.
 */
export function policyCharacters(buckets: readonly string[], keys: readonly string[]): number {
    const ofBuckets = buckets.map((bucket) => CHARACTERS_OF_TWO_ARNS + 2 * bucket.length);
    // A key's region may be one of its own, and is named once more.
    const ofKeys = keys.map((key) => 2 * key.length);
    return [...ofBuckets, ...ofKeys].reduce((sum, each) => sum + each, OTHER_STATEMENTS);
}
