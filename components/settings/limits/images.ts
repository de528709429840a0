/** Registry and path, without scheme, tag or trailing slash. */
export const imageRegistry =
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ECR =
    /^(?<host>(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?)(\/(?<path>[a-z0-9._/-]+)$)?/;

/** An Amazon ECR registry. */
export interface EcrRegistry {
    readonly host: string;
    readonly account: string;
    readonly region: string;
    /** Below which its repositories are; absent where there is none, or it is a reference with tag or digest. */
    readonly path?: string;
}

/** The ECR registry that a registry or image reference begins with; undefined for any other registry. */
export function ecrRegistry(reference: string): EcrRegistry | undefined {
    return ECR.exec(reference)?.groups as EcrRegistry | undefined;
}
