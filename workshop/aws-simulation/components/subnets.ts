import { parseCIDR, IPv4 } from "ipaddr.js";
import { isObject, Properties, Value } from "../wire/values";
import { ProviderError } from "../wire/errors";

/** One subnet of one zone. */
export interface SubnetPlan {
    readonly zone: string;
    /** 1 for the first zone. */
    readonly zoneNumber: number;
    readonly type: "Public" | "Private" | "Isolated" | "Unused";
    readonly resourceName: string;
    readonly cidrBlock: string;
    readonly tags: Properties;
}

export interface SubnetRequest {
    readonly vpcName: string;
    readonly cidrBlock: string;
    readonly zones: readonly string[];
    /** `subnetSpecs` of the component; one private and one public subnet a zone when absent. */
    readonly specs?: Value;
    /** Prefix length of a zone's share; as many equal shares as fit when absent. */
    readonly zoneMask?: number;
}

function bits(count: number): number {
    return Math.ceil(Math.log2(Math.max(count, 1)));
}

function toNumber(address: string): number {
    return IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function toAddress(number: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

function defaultSpecs(zoneMask: number): Properties[] {
    const widest = Math.max(zoneMask, 16);
    return [
        { type: "Private", cidrMask: widest + 1 },
        { type: "Public", cidrMask: widest + 2 },
    ];
}

function maskOf(spec: Properties, fallback: number): number {
    return spec.size === undefined
        ? Number(spec.cidrMask ?? fallback)
        : 32 - Math.log2(Number(spec.size));
}

/**
 * Lays the subnets out as the `Auto` strategy of awsx.ec2.Vpc does: an equal share for each zone, and in it the subnets
 * one after the other, each on a boundary of its own size.
 *
 * @throws ProviderError when the subnets do not fit in the share.
 */
export function planSubnets(request: SubnetRequest): SubnetPlan[] {
    const [base, mask] = parseCIDR(request.cidrBlock);
    const zoneMask = request.zoneMask ?? mask + bits(request.zones.length);
    const given = Array.isArray(request.specs) ? request.specs.filter(isObject) : [];
    const specs = given.length > 0 ? given : defaultSpecs(zoneMask);
    const fallback = zoneMask + bits(specs.length);
    const share = 2 ** (32 - zoneMask);
    const needed = specs.reduce((sum, spec) => sum + 2 ** (32 - maskOf(spec, fallback)), 0);
    if (needed > share) {
        throw new ProviderError(
            `Subnets are too large for VPC. VPC has ${share} addresses, but subnets require ${needed} addresses.`,
        );
    }
    return request.zones.flatMap((zone, index) => {
        let next = toNumber(base.toString()) + index * share;
        return specs.map((spec): SubnetPlan => {
            const prefix = maskOf(spec, fallback);
            const size = 2 ** (32 - prefix);
            const start = Math.ceil(next / size) * size;
            next = start + size;
            const type = spec.type as SubnetPlan["type"];
            const label = typeof spec.name === "string" ? spec.name : type.toLowerCase();
            return {
                zone,
                zoneNumber: index + 1,
                type,
                resourceName: `${request.vpcName}-${label}-${index + 1}`,
                cidrBlock: `${toAddress(start)}/${prefix}`,
                tags: isObject(spec.tags) ? spec.tags : {},
            };
        });
    });
}
