import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../../platform/platform";
import { awsFacts } from "../../platform/aws/facts";
import { conventions } from "../../platform/aws/conventions";
import { Settings } from "../../settings/settings";
import { ManagedStoreArgs } from "./managed-store";

/**
 * The stores of HySDS that are AWS services: ElastiCache, Amazon MQ for RabbitMQ and Amazon OpenSearch Service. They
 * need the network only, so they are created beside the EKS cluster; the signing proxies of search domains run in it.
 */
export class ManagedBackends extends pulumi.ComponentResource {
    /** What each of them is made from. */
    public readonly args: ManagedStoreArgs;

    /**
     * @param name start of the names of all resources, at most 20 characters
     * @throws Error on a platform outside AWS
     */
    constructor(
        public readonly prefix: string,
        { settings, platform }: { readonly settings: Settings; readonly platform: Platform },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "hysds:component:ManagedBackends",
            prefix,
            {},
            { ...opts, transformations: conventions(settings) },
        );
        const network = awsFacts(platform);
        if (settings.platform.kind !== "aws" || !network) {
            throw new Error("Managed backends need hysds:platform to be aws.");
        }
        const { logRetentionDays } = settings.platform.cluster;
        this.args = { settings, network, logRetentionDays };
        this.registerOutputs({});
    }
}
