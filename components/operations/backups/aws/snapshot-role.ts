import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SearchDomainAccess } from "../../../backends/store";
import { Conventions, conventions } from "../../../platform/aws/conventions";
import { BackupBucket, SNAPSHOTS_PREFIX } from "./bucket";

export interface SnapshotRoleArgs {
    readonly bucket: BackupBucket;
    /** The domains that write snapshots, by the store's name. */
    readonly domains: Readonly<Record<string, SearchDomainAccess>>;
    readonly accountId: pulumi.Output<string>;
    readonly settings: Conventions;
}

/**
 * The role that OpenSearch Service assumes to write snapshots of these domains, and of no others, into the backup
 * bucket; and for each domain's signing proxy the permission to pass it, without which the domain refuses the
 * repository
 * (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html#managedomains-snapshot-prerequisites).
 */
export class SnapshotRole extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;
    /** What a registration of the repository depends on. */
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: SnapshotRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(
            "hysds:component:SnapshotRole",
            name,
            {},
            { ...opts, transformations: conventions(args.settings) },
        );
        const child = { parent: this };
        const role = new aws.iam.Role(
            name,
            {
                description: "OpenSearch Service writes snapshots of HySDS's search domains",
                assumeRolePolicy: trust(args),
            },
            child,
        );
        this.arn = role.arn;
        const writing = new aws.iam.RolePolicy(
            name,
            { role: role.name, policy: access(args.bucket) },
            child,
        );
        const passing = Object.entries(args.domains).map(
            ([store, { callerRoleArn }]) =>
                new aws.iam.RolePolicy(
                    `${name}-pass-${store}`,
                    { role: roleName(callerRoleArn), policy: passRole(this.arn) },
                    child,
                ),
        );
        this.ready = [writing, ...passing];
        this.registerOutputs({ arn: this.arn });
    }
}

/** With the conditions, the service cannot be made to act for a domain of anybody else. */
function trust({ domains, accountId }: SnapshotRoleArgs): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "es.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": accountId },
                    ArnLike: { "aws:SourceArn": Object.values(domains).map(({ arn }) => arn) },
                },
            },
        ],
    });
}

function access({ arn }: BackupBucket): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
            {
                Effect: "Allow",
                Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                Resource: pulumi.interpolate`${arn}/${SNAPSHOTS_PREFIX}*`,
            },
        ],
    });
}

function passRole(arn: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: arn }],
    });
}

/** Of `arn:aws:iam::123456789012:role/hysds-dev-search-proxy-1a2b3c4`. */
function roleName(arn: pulumi.Output<string>): pulumi.Output<string> {
    return arn.apply((value) => value.split("/").pop() ?? "");
}
