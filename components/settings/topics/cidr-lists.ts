import { isInternet, network } from "../cidr";
import { Finding, Rule, rule, set } from "../rule";

/** A list of networks that may connect to something. */
export interface CidrList {
    readonly key: "publicAccessCidrs" | "ingressAllowedCidrs";
    readonly versions: readonly (4 | 6)[];
    readonly example: string;
}

function malformed({ versions, example }: CidrList, cidr: string, at: string): readonly Finding[] {
    const found = network(cidr);
    if (found?.canonical === cidr && versions.includes(found.version)) {
        return [];
    }
    if (found && versions.includes(found.version)) {
        const reason = "it has bits set beyond its prefix";
        return [{ at, reason, allowed: found.canonical, fixes: [set(at, found.canonical)] }];
    }
    const allowed = `an ${versions.map((version) => `IPv${version}`).join(" or ")} network`;
    return [
        {
            at,
            reason: "it is not a network",
            allowed: `${allowed}, such as ${example}`,
            fixes: [set(at, example)],
        },
    ];
}

function openToAll({ example }: CidrList, cidr: string, at: string): readonly Finding[] {
    const found = network(cidr);
    return found && isInternet(found)
        ? [
              {
                  at,
                  reason: "it is as wide as the Internet",
                  allowed: "a prefix of /8 or longer, or any once hysds:allowInternet is true",
                  fixes: [set(at, example)],
              },
          ]
        : [];
}

/** Rules that a list holds networks, and none as wide as the Internet unless `allowInternet` says so. */
export function cidrRules(list: CidrList): readonly Rule[] {
    const { key } = list;
    return [
        rule(`${key}-are-networks`, [key], (values) =>
            values[key].flatMap((cidr, index) => malformed(list, cidr, `${key}[${index}]`)),
        ),
        rule(`${key}-not-the-internet`, [key, "allowInternet"], (values) =>
            values.allowInternet
                ? []
                : values[key].flatMap((cidr, index) => openToAll(list, cidr, `${key}[${index}]`)),
        ),
    ];
}

/** 192.0.2.0/24 and its like (https://www.rfc-editor.org/rfc/rfc5737) stand in stack files until they are filled in. */
export function placeholders(key: string, cidrs: readonly string[]): readonly string[] {
    return cidrs
        .map((cidr, index) => ({ cidr, index }))
        .filter(({ cidr }) => network(cidr)?.use === "reserved")
        .map(
            ({ cidr, index }) =>
                `hysds:${key}[${index}] is ${cidr}, a range for documentation from which nobody connects. Put your own there: pulumi config set --path 'hysds:${key}[${index}]' <network>`,
        );
}
