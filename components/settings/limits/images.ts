/** Registry and path, without scheme, tag or trailing slash. */
export const imageRegistry =
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/** An Amazon ECR registry with a path, below which repositories are made. https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export const ecrRegistry =
    /^(?<host>(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?)\/(?<path>[a-z0-9._/-]+)$/;
