import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SearchSettings } from "../../settings/settings";
import { guarded, ManagedStoreArgs } from "./managed-store";
import { storeSecurityGroup } from "./store-security-group";

/** Audit logs are left out: they exist with fine-grained access control only. */
const LOG_TYPES = {
    INDEX_SLOW_LOGS: "index-slow",
    SEARCH_SLOW_LOGS: "search-slow",
    ES_APPLICATION_LOGS: "application",
};

export interface SearchDomainArgs extends ManagedStoreArgs {
    /** The account's service-linked role, the permission to write logs: what a domain cannot be created without. */
    readonly prerequisites: pulumi.Resource[];
}

/** The start of the log groups' names of every domain whose name begins with `prefix`. */
export function searchLogGroupPrefix(prefix: string): string {
    return `/aws/opensearch/${prefix}-`;
}

/**
 * An Amazon OpenSearch Service domain, Elasticsearch 7.10 or OpenSearch, in as many private subnets as it has zones:
 * encrypted at rest and between nodes, HTTPS only, gp3 volumes, logs in CloudWatch. Every request must be
 * signed; `restrictTo` names the role that may.
 *
 * Creating one takes 15 to 40 minutes; many changes are blue/green deployments of hours.
 */
export class SearchDomain extends pulumi.ComponentResource {
    /** Host name, without scheme. */
    public readonly host: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;
    public readonly name: pulumi.Output<string>;
    private readonly domain: aws.opensearch.Domain;

    /** @param name the domain's name, at most 28 characters */
    constructor(
        private readonly domainName: string,
        args: SearchDomainArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:SearchDomain", domainName, {}, opts);
        this.domain = this.createDomain(args);
        this.host = this.domain.endpoint;
        this.arn = this.domain.arn;
        this.name = this.domain.domainName;
        this.registerOutputs({ host: this.host });
    }

    /**
     * The domain's access policy: this role may send HTTP requests, and beside it only who has that permission on the
     * domain by an IAM policy of this account. A resource beside the domain, because the role's own policy names it.
     */
    restrictTo(roleArn: pulumi.Output<string>): void {
        new aws.opensearch.DomainPolicy(
            this.domainName,
            {
                domainName: this.domain.domainName,
                accessPolicies: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: roleArn },
                            Action: "es:ESHttp*",
                            Resource: pulumi.interpolate`${this.arn}/*`,
                        },
                    ],
                }),
            },
            {
                parent: this,
                deletedWith: this.domain,
                customTimeouts: { update: "180m", delete: "90m" },
            },
        );
    }

    private createDomain(args: SearchDomainArgs): aws.opensearch.Domain {
        const { domainName } = this;
        const { network, settings } = args;
        const { search } = settings.backends;
        const securityGroup = storeSecurityGroup(
            domainName,
            { network, ports: [443] },
            { parent: this },
        );
        return new aws.opensearch.Domain(
            domainName,
            {
                ...nodes(search),
                domainName,
                vpcOptions: {
                    // AWS wants exactly one for each zone.
                    subnetIds: network.privateSubnetIds.apply((ids) =>
                        ids.slice(0, search.availabilityZones),
                    ),
                    securityGroupIds: [securityGroup.id],
                },
                encryptAtRest: { enabled: true },
                nodeToNodeEncryption: { enabled: true },
                domainEndpointOptions: {
                    enforceHttps: true,
                    tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
                },
                offPeakWindowOptions: { enabled: true },
                logPublishingOptions: this.createLogGroups(args.logRetentionDays),
            },
            {
                parent: this,
                ...guarded(settings),
                dependsOn: args.prerequisites,
                customTimeouts: { create: "90m", update: "180m", delete: "90m" },
            },
        );
    }

    private createLogGroups(
        retentionInDays: number,
    ): aws.types.input.opensearch.DomainLogPublishingOption[] {
        return Object.entries(LOG_TYPES).map(([logType, suffix]) => {
            const group = new aws.cloudwatch.LogGroup(
                `${this.domainName}-${suffix}`,
                { name: `${searchLogGroupPrefix(this.domainName)}${suffix}`, retentionInDays },
                { parent: this },
            );
            return { logType, cloudwatchLogGroupArn: group.arn };
        });
    }
}

function nodes(search: SearchSettings): aws.opensearch.DomainArgs {
    const engine = search.engine === "elasticsearch" ? "Elasticsearch" : "OpenSearch";
    const zoned = search.availabilityZones > 1;
    const masters = search.dedicatedMasterCount > 0;
    return {
        engineVersion: `${engine}_${search.engineVersion}`,
        clusterConfig: {
            instanceType: search.instanceType,
            instanceCount: search.instanceCount,
            zoneAwarenessEnabled: zoned,
            ...(zoned
                ? { zoneAwarenessConfig: { availabilityZoneCount: search.availabilityZones } }
                : {}),
            dedicatedMasterEnabled: masters,
            ...(masters
                ? {
                      dedicatedMasterCount: search.dedicatedMasterCount,
                      dedicatedMasterType: search.dedicatedMasterType,
                  }
                : {}),
        },
        ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: search.volumeGiB },
        autoTuneOptions: autoTune(search.instanceType),
    };
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/auto-tune.html: not on t2 and t3. */
function autoTune(instanceType: string): aws.types.input.opensearch.DomainAutoTuneOptions {
    return /^t[23]\./.test(instanceType)
        ? { desiredState: "DISABLED", rollbackOnDisable: "NO_ROLLBACK" }
        : { desiredState: "ENABLED", useOffPeakWindow: true };
}
