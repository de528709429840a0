import * as pulumi from "@pulumi/pulumi";
import { SearchDomainAccess, Store } from "../../../backends/store";
import { AwsFacts, awsFacts } from "../../../platform/aws/facts";
import { Platform } from "../../../platform/platform";
import { Settings } from "../../../settings/settings";
import type { Destination } from "../destination";
import { BackupBucket, FILES_PREFIX, SNAPSHOTS_PREFIX } from "./bucket";
import { SnapshotRole } from "./snapshot-role";

export interface BucketDestinationArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly stores: readonly Store[];
    /** How long files are kept, days. */
    readonly retentionDays: number;
}

/**
 * A bucket of the stack's own, and a role by which its search domains write into it; undefined off AWS.
 *
 * @param name of the bucket
 */
export function bucketDestination(
    name: string,
    { settings, platform, stores, retentionDays }: BucketDestinationArgs,
    parent: pulumi.Resource,
): Destination | undefined {
    const facts = awsFacts(platform);
    if (!facts) {
        return undefined;
    }
    const { protect, tags } = settings;
    const bucket = new BackupBucket(name, { retentionDays, protect, tags }, { parent });
    const domains = domainsOf(stores);
    const role =
        Object.keys(domains).length === 0
            ? undefined
            : new SnapshotRole(
                  `${settings.namePrefix}-snapshots`,
                  { bucket, domains, accountId: facts.accountId, settings },
                  { parent },
              );
    return {
        bucketName: bucket.bucketName,
        files: (store) => {
            const prefix = `${FILES_PREFIX}${store}/`;
            return {
                place: { bucket: bucket.bucketName, prefix },
                grants: [{ grant: "keep-files", bucketId: bucket.arn, prefix }],
            };
        },
        repository: (store) =>
            role && {
                definition: s3Repository(store.name, bucket, role, facts),
                ready: role.ready,
            },
    };
}

/** The domains that write snapshots, by the store's name. */
function domainsOf(stores: readonly Store[]): Readonly<Record<string, SearchDomainAccess>> {
    return Object.fromEntries(
        stores.flatMap(({ name, backup }) =>
            backup.method === "bucket" ? [[name, backup.domain]] : [],
        ),
    );
}

function s3Repository(
    name: string,
    bucket: BackupBucket,
    role: SnapshotRole,
    facts: AwsFacts,
): object {
    const settings = pulumi
        .all([bucket.bucketName, facts.region, role.arn])
        .apply(([bucketName, region, roleArn]) => ({
            bucket: bucketName,
            base_path: `${SNAPSHOTS_PREFIX}${name}`,
            role_arn: roleArn,
            server_side_encryption: true,
            // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshot-registerdirectory.html
            ...(region === "us-east-1" ? { endpoint: "s3.amazonaws.com" } : { region }),
        }));
    return { type: "s3", settings };
}
