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
        unfilled(list),
    ];
}

/** 192.0.2.0/24 and its like (https://www.rfc-editor.org/rfc/rfc5737) stand in stack files until they are filled in. */
function isPlaceholder(cidr: string): boolean {
    return network(cidr)?.use === "reserved";
}

/** In an update, which would go on for half an hour before nobody can reach what it has made. */
function unfilled({ key }: CidrList): Rule {
    return rule(`${key}-are-filled-in`, [key], (values, { isUpdate }) =>
        isUpdate
            ? values[key].flatMap((cidr, index) =>
                  isPlaceholder(cidr)
                      ? [
                            {
                                at: `${key}[${index}]`,
                                reason: "it is a range for documentation, from which nobody connects",
                                allowed:
                                    "your own network: https://checkip.amazonaws.com says the address that you are seen by",
                                fixes: [set(`${key}[${index}]`, "<your address>/32")],
                            },
                        ]
                      : [],
              )
            : [],
    );
}

/** What an update will be refused for. */
export function placeholders(key: string, cidrs: readonly string[]): readonly string[] {
    return cidrs
        .map((cidr, index) => ({ cidr, index }))
        .filter(({ cidr }) => isPlaceholder(cidr))
        .map(
            ({ cidr, index }) =>
                `hysds:${key}[${index}] is ${cidr}, a range for documentation from which nobody connects: pulumi up will be refused. Put your own there: pulumi config set --path 'hysds:${key}[${index}]' <network>`,
        );
}
