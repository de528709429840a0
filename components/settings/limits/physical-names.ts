/**
 * Start of physical names. ElastiCache takes no two hyphens in a row, security groups no `sg-` at the start, S3 no `sthree-`
 * and no `amzn-s3-demo-`; an OpenSearch domain's name ends at 28 characters, and `-metrics` takes 8 of them.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
 */
export const awsNamePrefix =
    /^(?!.*--)(?!(sg|sthree|amzn-s3-demo)(-|$))[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/;
