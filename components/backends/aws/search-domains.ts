import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { SearchEndpoint, SearchEndpoints } from "../backends";
import { ManagedStoreArgs } from "./managed-store";
import { SearchDomain, searchLogGroupPrefix } from "./opensearch";
import { SigningProxy } from "./signing-proxy";

export interface SearchDomainsArgs extends ManagedStoreArgs {
    readonly platform: Platform;
    /** Where signing proxies run. */
    readonly namespace: HysdsNamespace;
}

/**
 * One search domain for all of HySDS, or one each for mozart, grq and metrics, and before each the signing proxy that
 * alone may talk to it.
 */
export class SearchDomains extends pulumi.ComponentResource {
    public readonly endpoints: SearchEndpoints;
    private readonly names: Record<string, pulumi.Output<string>> = {};

    /** @param name start of the domains' names, at most 20 characters */
    constructor(
        private readonly prefix: string,
        private readonly args: SearchDomainsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:SearchDomains", prefix, {}, opts);
        const prerequisites = [this.allowLogs(), ...this.createServiceLinkedRole()];
        const open = (use: string): SearchEndpoint => this.createDomain(use, prerequisites);
        if (args.settings.backends.search.layout === "shared") {
            const shared = open("search");
            this.endpoints = { mozart: shared, grq: shared, metrics: shared };
        } else {
            this.endpoints = {
                mozart: open("mozart"),
                grq: open("grq"),
                metrics: open("metrics"),
            };
        }
        this.registerOutputs({});
    }

    /** The domains' names by their use. */
    get domainNames(): Readonly<Record<string, pulumi.Output<string>>> {
        return this.names;
    }

    private createDomain(use: string, prerequisites: pulumi.Resource[]): SearchEndpoint {
        const { args, prefix } = this;
        const { hysds, backends } = args.settings;
        const domain = new SearchDomain(
            `${prefix}-${use}`,
            { ...args, prerequisites },
            { parent: this },
        );
        const proxy = new SigningProxy(
            use === "search" ? "search-proxy" : `${use}-search-proxy`,
            {
                settings: backends.signingProxy,
                platform: args.platform,
                namespace: args.namespace,
                domainEndpoint: domain.host,
                domainArn: domain.arn,
                region: args.network.region,
                engine: backends.search.engine,
                engineVersion: backends.search.engineVersion,
                allowedNamespaces: [hysds.namespace, hysds.jobsNamespace],
            },
            { parent: this },
        );
        domain.restrictTo(proxy.roleArn);
        this.names[use] = domain.name;
        return proxy.endpoint;
    }

    /**
     * One policy for all domains of the stack: an account has ten of them in a region
     * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html).
     */
    private allowLogs(): pulumi.Resource {
        const { partition, region, accountId } = this.args.network;
        const groups = searchLogGroupPrefix(this.prefix);
        return new aws.cloudwatch.LogResourcePolicy(
            `${this.prefix}-search-logs`,
            {
                policyName: `${this.prefix}-search-logs`,
                policyDocument: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "es.amazonaws.com" },
                            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                            Resource: pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${groups}*`,
                            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
                        },
                    ],
                }),
            },
            { parent: this },
        );
    }

    /** The account's, and not the stack's: other domains need it when this stack is gone. */
    private createServiceLinkedRole(): pulumi.Resource[] {
        if (!this.args.settings.backends.search.createServiceLinkedRole) {
            return [];
        }
        return [
            new aws.iam.ServiceLinkedRole(
                `${this.prefix}-opensearch`,
                { awsServiceName: "opensearchservice.amazonaws.com" },
                { parent: this, retainOnDelete: true },
            ),
        ];
    }
}
