import ipaddr from "ipaddr.js";

/** One network address range. */
export interface Network {
    readonly version: 4 | 6;
    readonly prefix: number;
    /** The range with its host bits cleared: `10.0.0.0/16` for `10.0.0.1/16`. */
    readonly canonical: string;
    /** What IANA reserves it for: `private`, `reserved` (documentation among others), `unicast`, … */
    readonly use: string;
}

/** The range that a CIDR block names; undefined when it names none. */
export function network(cidr: string): Network | undefined {
    if (!/^[\d.]+\/\d+$|^[\da-fA-F:]+\/\d+$/.test(cidr) || !ipaddr.isValidCIDR(cidr)) {
        return undefined;
    }
    const [address, prefix] = ipaddr.parseCIDR(cidr);
    const v4 = address.kind() === "ipv4";
    if (v4 && !ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) {
        return undefined;
    }
    const base = (v4 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr);
    return {
        version: v4 ? 4 : 6,
        prefix,
        canonical: `${base.toString()}/${prefix}`,
        use: base.range(),
    };
}

/** Whether a range is so wide that it can only mean the Internet: two /1 are as open as one /0. */
export function isInternet({ prefix }: Network): boolean {
    return prefix < 8;
}
