import * as ipaddr from "ipaddr.js";

/** A range with a shorter prefix than this is no network of anybody's. */
const SHORTEST_PREFIX = 8;

/** Whether an address range is as wide as the Internet: 0.0.0.0/0, ::/0, or a prefix shorter than /8. */
export function isInternet(cidr: string): boolean {
    if (!ipaddr.isValidCIDR(cidr)) {
        return false;
    }
    const [, prefix] = ipaddr.parseCIDR(cidr);
    return prefix < SHORTEST_PREFIX;
}
