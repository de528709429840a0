import { z } from "zod";
import { network } from "../cidr";
import type { Own } from "../fields";
import { key, optional, topicKeys } from "../key";
import { interfaceService, subnetId, vpcId as vpcName, zoneName } from "../limits/ec2";
import { SET } from "../requires";
import { distinct, Finding, remove, Rule, rule, RuleContext, set } from "../rule";
import type { Values } from "../schema";
import { ON_AWS } from "./general";

const NEW_NETWORK = { platform: "aws", vpcId: "" } as const;
const EXISTING_NETWORK = { platform: "aws", vpcId: SET } as const;

/** Keys about the VPC. */
export const keys = topicKeys("Network", {
    vpcCidr: key(z.string(), {
        default: "10.0.0.0/16",
        description: "Address range of the VPC that the stack creates.",
        allowed: "a private IPv4 network of /16 to /21",
        requires: NEW_NETWORK,
    }),
    availabilityZones: key(z.int().min(2).max(3), {
        default: 2,
        description: "Availability zones of the VPC that the stack creates. EKS needs two.",
        requires: NEW_NETWORK,
    }),
    zoneNames: key(z.array(z.string().regex(zoneName)), {
        default: [],
        description:
            "Which zones these are, by name: as many as availabilityZones. Empty: the first of the account. Another choice moves every subnet, so it is made before the stack.",
        allowed: "names of zones of the stack's region, each once",
        example: "us-west-2a",
        requires: NEW_NETWORK,
    }),
    natGateways: key(z.enum(["single", "per-zone"]), {
        default: "single",
        description:
            "NAT gateways: one for all zones, cheaper, or one in each, which survives the loss of a zone.",
        requires: NEW_NETWORK,
    }),
    interfaceEndpoints: key(z.array(z.string().regex(interfaceService)), {
        default: ["ecr.api", "ecr.dkr", "sts", "logs"],
        description:
            "AWS services that private nodes reach without the NAT gateway, beside the S3 gateway endpoint. Each is billed by zone and hour.",
        allowed:
            "AWS service names after com.amazonaws.<region>., other than s3, which has a gateway endpoint",
        example: "sts",
        requires: NEW_NETWORK,
    }),
    vpcId: key(optional(vpcName), {
        default: "",
        description: "VPC to use instead of creating one.",
        allowed: "empty, or vpc- and 8 to 17 hexadecimal digits",
        requires: ON_AWS,
    }),
    privateSubnetIds: key(z.array(z.string().regex(subnetId)), {
        default: [],
        description:
            "Private subnets of vpcId, one in each zone: nodes and stores live in them. They need a route to the Internet or VPC endpoints.",
        allowed: "subnet- and 8 to 17 hexadecimal digits, each once",
        example: "subnet-0123456789abcdef0",
        requires: EXISTING_NETWORK,
    }),
    publicSubnetIds: key(z.array(z.string().regex(subnetId)), {
        default: [],
        description: "Public subnets of vpcId, for internet-facing load balancers.",
        allowed: "subnet- and 8 to 17 hexadecimal digits, each once",
        example: "subnet-0123456789abcdef1",
        requires: EXISTING_NETWORK,
    }),
});

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

function zonesAreNamed({ zoneNames, availabilityZones, vpcId }: Values): readonly Finding[] {
    return vpcId !== "" || zoneNames.length === 0 || zoneNames.length === availabilityZones
        ? []
        : [
              {
                  at: "zoneNames",
                  reason: `it names ${zoneNames.length} zones, and availabilityZones is ${availabilityZones}`,
                  allowed: `${availabilityZones} zones, or none`,
                  fixes: [remove("zoneNames")],
              },
          ];
}

function zonesOfRegion({ zoneNames }: Values, { region }: RuleContext): readonly Finding[] {
    return zoneNames.flatMap((name, index) =>
        region === undefined || new RegExp(`^${region}[a-z]$`).test(name)
            ? []
            : [
                  {
                      at: `zoneNames[${index}]`,
                      reason: `it is no zone of ${region}`,
                      allowed: `${region} and a letter`,
                      fixes: [set(`zoneNames[${index}]`, `${region}${"abc".charAt(index)}`)],
                  },
              ],
    );
}

/** Zones that EKS needs; a stack with fewer is refused for that, and other rules about zones keep quiet. */
export const minZones = 2;

/** Availability zones that the stack can place things in. */
export function zones(values: Values): number {
    return values.vpcId === "" ? values.availabilityZones : values.privateSubnetIds.length;
}

/** The keys that `zones` reads. */
export const zoneKeys = ["vpcId", "availabilityZones", "privateSubnetIds"] as const;

/** Rules about the VPC and its subnets. */
export const rules: readonly Rule[] = [
    rule("vpc-cidr-fits", ["vpcCidr"], vpcCidr),
    rule("private-subnets-suffice", ["vpcId", "privateSubnetIds"], subnetCount),
    rule("zones-are-named", ["zoneNames", "availabilityZones", "vpcId"], zonesAreNamed),
    rule("zones-are-of-the-region", ["zoneNames"], zonesOfRegion),
    distinct("zoneNames"),
    distinct("privateSubnetIds"),
    distinct("publicSubnetIds"),
    distinct("interfaceEndpoints"),
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
];

/** The VPC: one that the stack makes, or one that is there. */
export type NetworkSettings =
    | ({ readonly kind: "new"; readonly cidr: string } & Pick<
          Own<typeof keys>,
          "availabilityZones" | "zoneNames" | "natGateways" | "interfaceEndpoints"
      >)
    | ({ readonly kind: "existing" } & Pick<
          Own<typeof keys>,
          "vpcId" | "privateSubnetIds" | "publicSubnetIds"
      >);

/** The VPC as its keys have it. */
export function networkSettings(values: Values): NetworkSettings {
    const { vpcCidr: cidr, availabilityZones, zoneNames, natGateways } = values;
    const { interfaceEndpoints } = values;
    const { vpcId, privateSubnetIds, publicSubnetIds } = values;
    return vpcId === ""
        ? { kind: "new", cidr, availabilityZones, zoneNames, natGateways, interfaceEndpoints }
        : { kind: "existing", vpcId, privateSubnetIds, publicSubnetIds };
}
