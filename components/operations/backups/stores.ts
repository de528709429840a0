import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Backends, SearchEndpoint } from "../../backends/backends";
import { Endpoint } from "../../backends/endpoint";
import { IMAGES } from "../../kubernetes/images";
import { NetworkFacts } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { BackupBucket, FILES_PREFIX, SNAPSHOTS_PREFIX } from "./bucket";
import { SnapshotRole } from "./snapshot-role";
import { BackupStore, DUMP_FILE, DUMP_FOLDER, FILES_FOLDER, Place, StoreServer } from "./store";

/** Port of the server that reads a dump beside the script that restores it. */
export const LOADED_PORT = 6390;

/** The search clusters by the names of their backups: `search`, or `search-mozart`, `search-grq`, `search-metrics`. */
export function searchClusters({ search }: Backends): Readonly<Record<string, SearchEndpoint>> {
    return search.mozart === search.grq && search.grq === search.metrics
        ? { search: search.mozart }
        : Object.fromEntries(
              Object.entries(search).map(([use, endpoint]) => [`search-${use}`, endpoint]),
          );
}

/** RabbitMQ's definitions. */
export function rabbitmqStore(backends: Backends, bucket: BackupBucket | undefined): BackupStore {
    const name = "rabbitmq";
    return {
        name,
        kind: "rabbitmq",
        definition: address(backends.brokerManagement),
        ...kept(name, bucket),
        dependsOn: backends.ready,
    };
}

/**
 * Each Redis. ElastiCache takes its snapshots by itself, and reads one only into a new group: what is restored is
 * copied from there.
 */
export function redisStores(
    settings: Settings,
    backends: Backends,
    bucket: BackupBucket | undefined,
): BackupStore[] {
    const managed = settings.backends.kind === "managed";
    const { resultStore, metricsStore } = backends;
    const stores: Readonly<Record<string, Endpoint>> =
        resultStore === metricsStore
            ? { redis: resultStore }
            : { "redis-mozart": resultStore, "redis-metrics": metricsStore };
    return Object.entries(stores).map(([name, endpoint]) => ({
        name,
        kind: "redis",
        definition: pulumi
            .all([endpoint.host, endpoint.credentials?.password])
            .apply(([host, password]) => ({
                host,
                port: endpoint.port,
                password,
                tls: endpoint.tls,
                ...(managed
                    ? { loaded: { port: endpoint.port, tls: endpoint.tls } }
                    : {
                          dump: `${DUMP_FOLDER}/${DUMP_FILE}`,
                          loaded: { host: "127.0.0.1", port: LOADED_PORT },
                      }),
            })),
        ...(managed
            ? { onlyRestores: true }
            : { ...kept(name, bucket), server: redisServer(settings) }),
        dependsOn: backends.ready,
    }));
}

function redisServer({ images, backends }: Settings): StoreServer {
    const { engine, engineVersion } = backends.redis;
    return { program: engine, image: IMAGES.reference("redis", images, engine, engineVersion) };
}

/** A search domain, which writes into the bucket by a role. */
export function searchDomain(
    name: string,
    endpoint: SearchEndpoint,
    args: { bucket: BackupBucket; role: SnapshotRole; network: NetworkFacts },
): BackupStore {
    const { bucket, role, network } = args;
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
    const repository = { type: "s3", settings };
    return {
        name,
        kind: "search",
        definition: pulumi.output({ ...address(endpoint), repository }),
        dependsOn: role.ready,
    };
}

/** A search node in the cluster, which writes to a volume of its own. */
export function searchNode(
    name: string,
    endpoint: SearchEndpoint,
    backends: Backends,
): BackupStore {
    const repository = { type: "fs", settings: { location: "hysds-backups", compress: true } };
    return {
        name,
        kind: "search",
        definition: pulumi.output({ ...address(endpoint), repository }),
        dependsOn: backends.ready,
    };
}

function address({ credentials, ...endpoint }: Endpoint): Record<string, pulumi.Input<string>> {
    const url = pulumi.interpolate`${endpoint.scheme}://${endpoint.host}:${endpoint.port}`;
    return credentials
        ? { url, username: credentials.username ?? "", password: credentials.password }
        : { url };
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
