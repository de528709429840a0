import { isInternet, network } from "../cidr";
import { Key, Values } from "../schema";
import { Finding, minZones, Rule, remove, repeated, rule, set } from "./rule";

const cidrLists = ["publicAccessCidrs", "ingressAllowedCidrs"] as const;
type CidrList = (typeof cidrLists)[number];

const example: Record<CidrList, string> = {
    publicAccessCidrs: "203.0.113.0/24",
    ingressAllowedCidrs: "10.0.0.0/8",
};

function malformed(list: CidrList): Rule {
    const versions = list === "publicAccessCidrs" ? [4] : [4, 6];
    return rule(`${list}-are-networks`, [list], (values) =>
        values[list].flatMap((cidr, index) => {
            const at = `${list}[${index}]`;
            const found = network(cidr);
            if (!found || !versions.includes(found.version)) {
                const allowed =
                    versions.length === 1 ? "an IPv4 network" : "an IPv4 or IPv6 network";
                const reason = "it is not a network";
                return [
                    {
                        at,
                        reason,
                        allowed: `${allowed}, such as ${example[list]}`,
                        fixes: [set(at, example[list])],
                    },
                ];
            }
            return found.canonical === cidr
                ? []
                : [
                      {
                          at,
                          reason: "it has bits set beyond its prefix",
                          allowed: found.canonical,
                          fixes: [set(at, found.canonical)],
                      },
                  ];
        }),
    );
}

function noInternet(list: CidrList): Rule {
    return rule(`${list}-not-the-internet`, [list, "allowInternet"], (values) =>
        values.allowInternet
            ? []
            : values[list].flatMap((cidr, index): readonly Finding[] => {
                  const found = network(cidr);
                  const at = `${list}[${index}]`;
                  return found && isInternet(found)
                      ? [
                            {
                                at,
                                reason: "it is as wide as the Internet",
                                allowed:
                                    "a prefix of /8 or longer, or any once hysds:allowInternet is true",
                                fixes: [set(at, example[list])],
                            },
                        ]
                      : [];
              }),
    );
}

function vpcCidr({ vpcCidr: cidr }: Values): readonly Finding[] {
    const found = network(cidr);
    const allowed = "a private IPv4 network of /16 to /21, such as 10.0.0.0/16";
    const finding = (reason: string, valid: string): readonly Finding[] => [
        { at: "vpcCidr", reason, allowed, fixes: [set("vpcCidr", valid)] },
    ];
    if (found?.version !== 4) {
        return finding("it is not an IPv4 network", "10.0.0.0/16");
    }
    if (found.prefix < 16 || found.prefix > 21) {
        // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
        const reason =
            found.prefix < 16
                ? "AWS takes no VPC wider than /16"
                : "subnets of every zone would have too few addresses for pods";
        return finding(reason, "10.0.0.0/16");
    }
    if (!["private", "carrierGradeNat"].includes(found.use)) {
        return finding("it belongs to someone on the Internet", "10.0.0.0/16");
    }
    return found.canonical === cidr
        ? []
        : finding("it has bits set beyond its prefix", found.canonical);
}

function subnetCount({ vpcId, privateSubnetIds }: Values): readonly Finding[] {
    const index = privateSubnetIds.length;
    return vpcId === "" || index >= minZones
        ? []
        : [
              {
                  at: "privateSubnetIds",
                  reason: "EKS needs private subnets of vpcId in at least two zones",
                  allowed: "two subnet ids or more, each in another zone",
                  fixes: [0, 1]
                      .filter((missing) => missing >= index)
                      .map((missing) =>
                          set(`privateSubnetIds[${missing}]`, `subnet-0123456789abcde${missing}f`),
                      ),
              },
          ];
}

/** A list in which nothing may occur twice. */
function unique(
    key: Key & ("privateSubnetIds" | "publicSubnetIds" | "interfaceEndpoints" | "datasetBuckets"),
): Rule {
    return rule(`${key}-are-distinct`, [key], (values) =>
        repeated(values[key]).map((index) => ({
            at: `${key}[${index}]`,
            reason: "it is in the list twice",
            fixes: [remove(`${key}[${index}]`)],
        })),
    );
}

/** Rules about addresses, subnets and who may reach what. */
export const networkRules: readonly Rule[] = [
    rule("vpc-cidr-fits", ["vpcCidr"], vpcCidr),
    rule("private-subnets-suffice", ["vpcId", "privateSubnetIds"], subnetCount),
    unique("privateSubnetIds"),
    unique("publicSubnetIds"),
    unique("interfaceEndpoints"),
    unique("datasetBuckets"),
    rule("subnets-are-private-or-public", ["privateSubnetIds", "publicSubnetIds"], (values) =>
        values.publicSubnetIds.flatMap((id, index) =>
            values.privateSubnetIds.includes(id)
                ? [
                      {
                          at: `publicSubnetIds[${index}]`,
                          reason: "it is among privateSubnetIds too",
                          fixes: [remove(`publicSubnetIds[${index}]`)],
                      },
                  ]
                : [],
        ),
    ),
    ...cidrLists.map(malformed),
    ...cidrLists.map(noInternet),
    rule(
        "public-endpoint-names-its-clients",
        ["platform", "endpointPublicAccess", "publicAccessCidrs"],
        ({ platform, endpointPublicAccess, publicAccessCidrs }) =>
            platform === "aws" && endpointPublicAccess && publicAccessCidrs.length === 0
                ? [
                      {
                          at: "publicAccessCidrs",
                          reason: "endpointPublicAccess is on, and nobody is named who may use it",
                          allowed: "the networks of those who administer the cluster",
                          fixes: [set("publicAccessCidrs[0]", example.publicAccessCidrs)],
                      },
                  ]
                : [],
    ),
    rule(
        "clients-need-a-public-endpoint",
        ["platform", "endpointPublicAccess", "publicAccessCidrs"],
        ({ platform, endpointPublicAccess, publicAccessCidrs }) =>
            platform === "aws" && !endpointPublicAccess && publicAccessCidrs.length > 0
                ? [
                      {
                          at: "publicAccessCidrs",
                          reason: "endpointPublicAccess is off, so nobody can use it",
                          allowed: "an empty list, or endpointPublicAccess true",
                          fixes: [remove("publicAccessCidrs")],
                      },
                  ]
                : [],
    ),
];
