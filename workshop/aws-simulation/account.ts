import { createHash } from "node:crypto";
import { Properties } from "./wire/values";

/** One thing that exists in the simulated account. */
export interface AccountResource {
    /** Type token, such as `aws:mq/broker:Broker`. */
    readonly type: string;
    readonly id: string;
    /** Logical name in the program that created it. */
    readonly name: string;
    /** What its random-looking outputs are derived from; never changes. */
    readonly seed: string;
    /** 1 at creation, one more with every update. */
    revision: number;
    inputs: Properties;
    outputs: Properties;
}

/** What an institution's service control policy demands of the IAM roles of an account. */
export interface RoleDemands {
    /** ARN of the permissions boundary that a role must have. */
    readonly permissionsBoundary: string;
    /** Start of a role's path and name, such as `/hysds/mission-`. */
    readonly pathAndPrefix: string;
}

export interface AccountOptions {
    /** Such as `us-west-2`. */
    readonly region: string;
    /** Twelve digits. */
    readonly accountId: string;
    /** `aws` or `aws-us-gov`. */
    readonly partition: string;
    /** AWS services whose service-linked role the account has from before, such as `es.amazonaws.com`. */
    readonly serviceLinkedRoles: readonly string[];
    /** Quotas that AWS has raised from its defaults, or lowered, by their code. */
    readonly quotas?: Readonly<Record<string, number>>;
    /** Actions that the caller is denied, such as `servicequotas:GetServiceQuota`. */
    readonly deniedActions?: readonly string[];
    /** Whoever makes or changes a role without these is denied; nothing is demanded when absent. */
    readonly roleDemands?: RoleDemands;
}

/**
 * AWS's defaults (https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html).
 */
const DEFAULT_QUOTAS: Readonly<Record<string, number>> = {
    "L-1216C47A": 5,
    "L-34B43A08": 5,
    "L-DB2E81BA": 0,
    "L-3819A6DF": 0,
    "L-0263D0A3": 5,
    "L-F678F1CE": 5,
    "L-69A177A2": 50,
};

/** The simulated AWS account: what exists in it, whatever engine runs come and go. */
export class SimulatedAccount {
    /** By `type::id`. */
    public readonly resources = new Map<string, AccountResource>();
    public readonly region: string;
    public readonly accountId: string;
    public readonly partition: string;
    public readonly serviceLinkedRoles: readonly string[];
    public readonly roleDemands: RoleDemands | undefined;
    public readonly deniedActions: readonly string[];
    private readonly quotas: Readonly<Record<string, number>>;
    private created = 0;

    constructor(options: AccountOptions) {
        this.region = options.region;
        this.accountId = options.accountId;
        this.partition = options.partition;
        this.serviceLinkedRoles = options.serviceLinkedRoles;
        this.roleDemands = options.roleDemands;
        this.deniedActions = options.deniedActions ?? [];
        this.quotas = options.quotas ?? {};
    }

    /** A quota as AWS has applied it to the account; undefined of one that the simulation does not know. */
    quota(code: string): { readonly value: number; readonly defaultValue: number } | undefined {
        const defaultValue = DEFAULT_QUOTAS[code];
        return defaultValue === undefined
            ? undefined
            : { value: this.quotas[code] ?? defaultValue, defaultValue };
    }

    /** Domain of the partition's service endpoints: https://docs.aws.amazon.com/general/latest/gr/rande.html */
    get dnsSuffix(): string {
        return this.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** Zones that the region offers; four, as in us-west-2. */
    get availabilityZones(): string[] {
        return ["a", "b", "c", "d"].map((letter) => this.region + letter);
    }

    /** Ids of these zones, in the same order: `usw2-az1`. https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html */
    get zoneIds(): string[] {
        const short = this.region
            .split("-")
            .map((word, index) => (index === 0 ? word : word.charAt(0)))
            .join("");
        return this.availabilityZones.map((_, index) => `${short}-az${index + 1}`);
    }

    /**
     * An ARN of this account.
     *
     * @param service as in the ARN, such as `mq`.
     * @param resource the last part, such as `broker:name:id`.
     * @param scope `regional` (default), `global` (no region, as IAM) or `bare` (neither, as S3).
     */
    arn(
        service: string,
        resource: string,
        scope: "regional" | "global" | "bare" = "regional",
    ): string {
        const region = scope === "regional" ? this.region : "";
        const account = scope === "bare" ? "" : this.accountId;
        return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
    }

    /** A seed for something new: different each time, the same sequence in every simulation. */
    nextSeed(): string {
        this.created += 1;
        return `${this.accountId}/${this.region}/${this.created}`;
    }

    get(type: string, id: string): AccountResource | undefined {
        return this.resources.get(`${type}::${id}`);
    }

    add(resource: AccountResource): void {
        this.resources.set(`${resource.type}::${resource.id}`, resource);
    }

    remove(type: string, id: string): void {
        this.resources.delete(`${type}::${id}`);
    }

    /** Everything of one type. */
    ofType(type: string): AccountResource[] {
        return [...this.resources.values()].filter((resource) => resource.type === type);
    }
}

/** Lower-case hexadecimal digits that depend on nothing but the seed. */
export function hex(seed: string, length: number): string {
    let digits = "";
    for (let round = 0; digits.length < length; round += 1) {
        digits += createHash("sha256").update(`${seed}/${round}`).digest("hex");
    }
    return digits.slice(0, length);
}

/** Upper-case letters and digits, as IAM's unique ids have. */
export function base36(seed: string, length: number): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    return [...hex(seed, length * 2).matchAll(/../g)]
        .map(([pair]) => alphabet.charAt(parseInt(pair, 16) % alphabet.length))
        .join("");
}

/** A version 4 UUID's form. */
export function uuid(seed: string): string {
    const digits = hex(seed, 32);
    return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `a${digits.slice(17, 20)}`,
        digits.slice(20),
    ].join("-");
}
