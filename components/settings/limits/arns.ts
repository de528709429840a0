/** Partitions in which HySDS installations run. */
const partition = "arn:(aws|aws-us-gov|aws-cn)";

/** https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html (STS sessions cannot have an access entry) */
export const iamPrincipalArn = new RegExp(`^${partition}:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+$`);

/** A role by itself: instance profiles and sessions have ARNs of other forms. */
export const iamRoleArn = new RegExp(`^${partition}:iam::\\d{12}:role/[\\w+=,.@/-]+$`);

export const certificateArn = new RegExp(
    `^${partition}:acm:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:certificate/[0-9a-f-]{36}$`,
);
