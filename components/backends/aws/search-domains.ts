import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { SearchLocation } from "../../settings/settings";
import { SearchEndpoint, SearchStores } from "../backends";
import type { StoreMaker } from "../kinds";
import { distinct, searchUses, StoreNames } from "../layouts";
import { Store, StoreBill } from "../store";
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
    public readonly stores: SearchStores;

    /** @param name start of the domains' names, at most 20 characters */
    constructor(
        private readonly prefix: string,
        private readonly args: SearchDomainsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:SearchDomains", prefix, {}, opts);
        const prerequisites = [this.allowLogs(), ...this.createServiceLinkedRole()];
        this.stores = searchUses(args.settings.backends.search.layout, (names) =>
            this.createStore(names, prerequisites),
        );
        this.registerOutputs({});
    }

    private createStore(
        { name, label }: StoreNames,
        prerequisites: pulumi.Resource[],
    ): Store<SearchEndpoint> {
        const { args, prefix } = this;
        const domain = new SearchDomain(
            `${prefix}-${label}`,
            { ...args, prerequisites },
            { parent: this },
        );
        const proxy = this.createProxy(label, domain);
        domain.restrictTo(proxy.roleArn);
        return {
            name,
            use: "search",
            endpoint: proxy.endpoint,
            backup: {
                method: "bucket",
                domain: { arn: domain.arn, callerRoleArn: proxy.roleArn },
            },
            metrics: {
                cloudWatch: [
                    {
                        watched: "domain",
                        name: label,
                        dimensions: { DomainName: domain.name, ClientId: args.network.accountId },
                    },
                ],
                exporter: { name },
            },
            rotation: "signed",
            ready: [this],
        };
    }

    private createProxy(label: string, domain: SearchDomain): SigningProxy {
        const { args } = this;
        const { hysds, backends } = args.settings;
        return new SigningProxy(
            label === "search" ? "search-proxy" : `${label}-search-proxy`,
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

/** Amazon OpenSearch Service, with signing proxies. */
export const openSearchService: StoreMaker<
    Extract<SearchLocation, { kind: "aws" }>,
    SearchStores
> = {
    create: ({ aws: { prefix, args }, aws: parent, platform, settings }) => {
        const namespace = platform.namespace(settings.hysds.namespace, "restricted");
        return new SearchDomains(prefix, { ...args, platform, namespace }, { parent }).stores;
    },
    bills: ({ search }): readonly StoreBill[] => {
        const domains = distinct(searchUses(search.layout, ({ name }) => name)).length;
        const dataNodes = domains * search.instanceCount;
        const masters = domains * search.dedicatedMasterCount;
        const node = (name: string, type: string, count: number): StoreBill => ({
            name: `OpenSearch Service, ${name}`,
            instances: "search",
            type,
            count,
        });
        return [
            node("data nodes", search.instanceType, dataNodes),
            ...(masters > 0 ? [node("masters", search.dedicatedMasterType, masters)] : []),
            {
                name: "OpenSearch Service, volumes",
                units: "searchGp3",
                low: dataNodes * search.volumeGiB,
                high: dataNodes * search.volumeGiB,
                quantity: () => `${dataNodes} × ${search.volumeGiB} GiB gp3`,
            },
        ];
    },
};
