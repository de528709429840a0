/** An Amazon ECR registry as the start of an image reference: account, region, and path of its repositories. */
const ECR_HOST = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/;

/** The host, account and region of an ECR registry; undefined for any other registry. */
export function ecrRegistry(
    registry: string,
): { readonly host: string; readonly account: string; readonly region: string } | undefined {
    const found = ECR_HOST.exec(registry);
    const { account, region } = found?.groups ?? {};
    return found && account && region ? { host: found[0], account, region } : undefined;
}
