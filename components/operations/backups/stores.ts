import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../../backends/endpoint";
import { Store, StoreBackup } from "../../backends/store";
import { NetworkFacts } from "../../platform/platform";
import { BackupBucket, FILES_PREFIX, SNAPSHOTS_PREFIX } from "./aws/bucket";
import { SnapshotRole } from "./aws/snapshot-role";
import { BackupStore, DUMP_FILE, DUMP_FOLDER, FILES_FOLDER, Place } from "./store";

/** Port of the server that reads a dump beside the script that restores it. */
export const LOADED_PORT = 6390;

const MEMORY_MIB = 256;
/** Values of Redis pass through the script. */
const REDIS_MEMORY_MIB = 768;

/** Where backups go. */
export interface Destination {
    /** Absent off AWS. */
    readonly bucket?: BackupBucket;
    /** What search domains write into the bucket with, and where it is. */
    readonly domains?: { readonly role: SnapshotRole; readonly network: NetworkFacts };
    /** What must be there before the first backup. */
    readonly ready: readonly pulumi.Resource[];
}

type Method = StoreBackup["method"];

type Plan<Of extends Method> = (
    store: Store,
    backup: Extract<StoreBackup, { method: Of }>,
    destination: Destination,
) => Omit<BackupStore, "name"> | undefined;

const PLANS: { readonly [Of in Method]: Plan<Of> } = {
    definitions: ({ name }, { management }, { bucket, ready }) => ({
        kind: "rabbitmq",
        memoryMiB: MEMORY_MIB,
        definition: address(management),
        ...kept(name, bucket),
        dependsOn: ready,
    }),
    dump: ({ name, endpoint }, { serverImage }, { bucket, ready }) => ({
        kind: "redis",
        memoryMiB: REDIS_MEMORY_MIB,
        definition: redis(endpoint, () => ({
            dump: `${DUMP_FOLDER}/${DUMP_FILE}`,
            loaded: { host: "127.0.0.1", port: LOADED_PORT },
        })),
        ...kept(name, bucket),
        server: { image: serverImage, endpoint },
        restored: true,
        dependsOn: ready,
    }),
    // What is restored is copied from a store that was made from a snapshot.
    "own-snapshots": ({ endpoint }, _, { ready }) => ({
        kind: "redis",
        memoryMiB: REDIS_MEMORY_MIB,
        definition: redis(endpoint, ({ port, tls }) => ({ loaded: { port, tls } })),
        onlyRestores: true,
        restored: true,
        dependsOn: ready,
    }),
    folder: ({ endpoint }, _, { ready }) => ({
        kind: "search",
        memoryMiB: MEMORY_MIB,
        definition: search(endpoint, {
            type: "fs",
            settings: { location: "hysds-backups", compress: true },
        }),
        dependsOn: ready,
    }),
    bucket: ({ name, endpoint }, _, { bucket, domains }) =>
        bucket &&
        domains && {
            kind: "search",
            memoryMiB: MEMORY_MIB,
            definition: search(endpoint, s3Repository(name, bucket, domains)),
            dependsOn: domains.role.ready,
        },
    owner: () => undefined,
};

/** How the scripts back a store up; undefined where its owner does. */
export function backupStore(store: Store, destination: Destination): BackupStore | undefined {
    const plan = PLANS[store.backup.method] as Plan<Method>;
    const planned = plan(store, store.backup, destination);
    return planned && { name: store.name, ...planned };
}

/** By the role that the domain assumes. */
function s3Repository(
    name: string,
    bucket: BackupBucket,
    { role, network }: Required<Destination>["domains"],
): object {
    const settings = pulumi
        .all([bucket.bucketName, network.region, role.arn])
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

function search(endpoint: Endpoint, repository: object): BackupStore["definition"] {
    return address(endpoint).apply((known) => pulumi.output({ ...known, repository }));
}

function redis(
    endpoint: Endpoint,
    restoredFrom: (known: { readonly port: number; readonly tls: boolean }) => object,
): BackupStore["definition"] {
    return endpoint.resolved().apply(({ host, port, password, tls }) => ({
        host,
        port,
        password,
        tls,
        ...restoredFrom({ port, tls }),
    }));
}

function address(endpoint: Endpoint): pulumi.Output<Record<string, string>> {
    return pulumi
        .all([endpoint.origin(), endpoint.resolved()])
        .apply(([url, { username = "", password }]): Record<string, string> =>
            password === undefined ? { url } : { url, username, password },
        );
}

/** Where files of a store are kept, and what its pods may do there: read and write, and not delete. */
function kept(
    name: string,
    bucket: BackupBucket | undefined,
): { readonly place: Place; readonly statements?: aws.iam.PolicyStatement[] } {
    if (!bucket) {
        return { place: { folder: `${FILES_FOLDER}/${name}` } };
    }
    const prefix = `${FILES_PREFIX}${name}/`;
    return {
        place: { bucket: bucket.bucketName, prefix },
        statements: [
            {
                Effect: "Allow",
                Action: ["s3:GetObject", "s3:PutObject"],
                Resource: pulumi.interpolate`${bucket.arn}/${prefix}*`,
            },
            {
                Effect: "Allow",
                Action: "s3:ListBucket",
                Resource: bucket.arn,
                Condition: { StringLike: { "s3:prefix": `${prefix}*` } },
            },
        ],
    };
}
