import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "./account-checks";
import { LiveCluster } from "./live-cluster";
import { vpcName } from "./network";
import {
    Counted,
    nodeTypes,
    Quota,
    QuotaNeed,
    quotaNeeds,
    QuotaSettings,
    vcpuQuota,
} from "./quota-needs";

/** A quota of the account, and what of it is taken. */
export interface QuotaState {
    readonly value: number;
    readonly region: string;
    /** Things that the account has; 0 where nobody can tell, as of vCPUs. */
    readonly inUse: number;
    /** Those of them that are this stack's. */
    readonly own: number;
}

/** What a comparison came to. */
export interface Verdict {
    /** Why `pulumi up` would fail. */
    readonly refusals: Refusals;
    /** What the stack can't grow to. */
    readonly warnings: readonly string[];
}

/**
 * Compares what the stack needs with the quotas of its account, which AWS would come to when half of it is made. What
 * the stack only may grow to is a warning, and so is anything about things that are counted once its cluster runs: they
 * are there then. A quota that can't be read, for want of `servicequotas:GetServiceQuota`,
 * `servicequotas:GetAWSDefaultServiceQuota` or of rights to count, is named in one warning and holds nothing up
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/servicequotas/service_quota_data_source.go).
 *
 * @param name of the cluster
 * @returns what the account has not enough of for the first update
 */
export function beyondQuotas(
    name: string,
    settings: QuotaSettings,
    live: pulumi.Output<LiveCluster | undefined>,
    opts: pulumi.InvokeOptions,
): pulumi.Output<Refusals> {
    return live.apply(async (now) => {
        const account = new Account(name, opts);
        const isRunning = now !== undefined;
        const needs = quotaNeeds(settings, await account.vcpus(nodeTypes(settings)));
        const verdicts = await Promise.all(
            needs
                .filter(({ counted }) => !isRunning || counted !== "loadBalancers")
                .map(async (need) => verdict(need, await account.state(need), isRunning)),
        );
        const warnings = [...verdicts.flatMap((one) => one.warnings), ...account.unanswered()];
        for (const warning of [...warnings, ...withoutQuota(settings)]) {
            await pulumi.log.warn(warning, opts.parent);
        }
        return verdicts.flatMap(({ refusals }) => refusals);
    });
}

/**
 * Whether what is needed is within a quota.
 *
 * @param state undefined where it could not be read
 * @param isRunning whether the stack's cluster is there, and with it what the stack has of things that are counted
 */
export function verdict(
    { quota, least, most, counted }: QuotaNeed,
    state: QuotaState | undefined,
    isRunning: boolean,
): Verdict {
    if (state === undefined) {
        return { refusals: [], warnings: [] };
    }
    const { value, inUse, own } = state;
    const missing = (needed: number): boolean => needed > own && inUse - own + needed > value;
    const limit = `${quota.name} (${quota.code}) are limited to ${value} in this account`;
    const used = counted === undefined ? "" : `, which has ${inUse}`;
    const remedy = `Ask for more: ${requestOf(quota, inUse - own + most, state.region)}`;
    if (missing(least)) {
        const unit = counted === undefined ? `${least} vCPUs` : `${least - own} more`;
        const message = `${limit}${used}: the stack needs ${unit} from its first update on. ${remedy}`;
        return counted !== undefined && isRunning
            ? { refusals: [], warnings: [message] }
            : { refusals: [message], warnings: [] };
    }
    return {
        refusals: [],
        warnings: missing(most)
            ? [`${limit}: the stack's nodes may grow to ${most} vCPUs, and stop before. ${remedy}`]
            : [],
    };
}

function requestOf({ service, code }: Quota, value: number, region: string): string {
    return (
        `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} ` +
        `--desired-value ${value} --region ${region}`
    );
}

/** Nodes that no known quota of vCPUs stands for. */
function withoutQuota(settings: QuotaSettings): readonly string[] {
    const types = nodeTypes(settings).filter((type) => !vcpuQuota(type, "ON_DEMAND"));
    return types.length === 0
        ? []
        : [`Quotas of ${types.join(", ")} are not compared with what the stack needs.`];
}

/** What the account says of quotas and of what it has, and which questions it leaves without an answer. */
class Account {
    private readonly refused = new Map<string, string>();

    /** @param name of the cluster */
    constructor(
        private readonly name: string,
        private readonly opts: pulumi.InvokeOptions,
    ) {}

    /** vCPUs of instance types; without those that the account does not tell. */
    async vcpus(instanceTypes: readonly string[]): Promise<ReadonlyMap<string, number>> {
        const found = await Promise.all(
            instanceTypes.map(async (instanceType) => {
                const type = await this.ask(`vCPUs of ${instanceType}`, () =>
                    aws.ec2.getInstanceType({ instanceType }, this.opts),
                );
                return [instanceType, type?.defaultVcpus ?? 0] as const;
            }),
        );
        return new Map(found);
    }

    async state({ quota, counted, least }: QuotaNeed): Promise<QuotaState | undefined> {
        const { service: serviceCode, code: quotaCode } = quota;
        return this.ask(quota.name, async () => {
            const { value, region } = await aws.servicequotas.getServiceQuota(
                { serviceCode, quotaCode },
                this.opts,
            );
            const numbers = counted === undefined ? [0, 0] : await this.count(counted, least);
            const [inUse = 0, own = 0] = numbers;
            return { value, region, inUse, own };
        });
    }

    /** One line about everything that could not be read. */
    unanswered(): readonly string[] {
        const [reason] = this.refused.values();
        return reason === undefined
            ? []
            : [
                  `Not compared with the quotas of the account: ${[...this.refused.keys()].join(", ")} (${reason})`,
              ];
    }

    /**
     * All, and those of them that are the stack's: an update that failed before the cluster was there left them. All
     * are counted first, so that what this very update makes meanwhile is not taken for somebody else's.
     */
    private async count(counted: Counted, needed: number): Promise<[inUse: number, own: number]> {
        if (counted === "loadBalancers") {
            const { arns } = await aws.lb.getLbs({}, this.opts);
            return [arns.filter((arn) => arn.includes(":loadbalancer/net/")).length, 0];
        }
        if (counted === "vpcs") {
            const { ids } = await aws.ec2.getVpcs({}, this.opts);
            return [ids.length, (await this.ownVpcs()).length];
        }
        const { allocationIds } = await aws.ec2.getEips({}, this.opts);
        return [allocationIds.length, await this.ownAddresses(needed)];
    }

    /** By the name that awsx gives the VPC. https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/vpc.ts */
    private async ownVpcs(): Promise<readonly string[]> {
        const tags = { Name: vpcName(this.name) };
        return (await aws.ec2.getVpcs({ tags }, this.opts)).ids;
    }

    /** By the names that awsx gives them, and by the gateways that they are for, where those are not theirs. */
    private async ownAddresses(needed: number): Promise<number> {
        const values = Array.from(
            { length: needed },
            (_, index) => `${vpcName(this.name)}-${index + 1}`,
        );
        const named = await aws.ec2.getEips({ filters: [{ name: "tag:Name", values }] }, this.opts);
        const filters = [{ name: "state", values: ["pending", "available"] }];
        const gateways = await Promise.all(
            (await this.ownVpcs()).map((vpcId) =>
                aws.ec2.getNatGateways({ vpcId, filters }, this.opts),
            ),
        );
        return Math.max(named.allocationIds.length, gateways.flatMap(({ ids }) => ids).length);
    }

    private async ask<Answer>(
        about: string,
        question: () => Promise<Answer>,
    ): Promise<Answer | undefined> {
        try {
            return await question();
        } catch (error) {
            this.refused.set(about, shortened(error));
            return undefined;
        }
    }
}

/** What AWS says, without what clients wrap it in. */
function shortened(error: unknown): string {
    const text = error instanceof Error ? error.message : String(error);
    return /\w*(AccessDenied|Unauthorized)\w*:.*/.exec(text)?.[0] ?? text.split("\n")[0] ?? text;
}
