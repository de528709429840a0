import { z } from "zod";
import { own, Own } from "../fields";
import { key, optional, topicKeys } from "../key";
import { iamPrincipalArn } from "../limits/arns";
import { ADD_ONS, AddOnName, addOnVersion, RECOMMENDED } from "../limits/add-ons";
import { logRetentionDays } from "../limits/cloudwatch";
import { kubernetesVersions, maxPublicAccessCidrs, nodeRelease } from "../limits/kubernetes";
import { Finding, refuse, remove, Rule, rule, RuleContext, set } from "../rule";
import type { Values } from "../schema";
import type { Settings } from "../settings";
import { CidrList, cidrRules, placeholders } from "./cidr-lists";
import { ON_AWS } from "./general";
import { inPartition } from "./partition";

const CLOUDWATCH_ADD_ON = "amazon-cloudwatch-observability" satisfies AddOnName;
const CLIENTS: CidrList = { key: "publicAccessCidrs", versions: [4], example: "203.0.113.0/24" };

const PUBLIC = { ...ON_AWS, endpointPublicAccess: true } as const;

const build = z
    .string()
    .regex(addOnVersion)
    .optional()
    .meta({ allowed: "recommended, or a version such as v1.2.3-eksbuild.4", example: RECOMMENDED });

const addOnVersions = Object.fromEntries(ADD_ONS.map((name) => [name, build])) as Record<
    AddOnName,
    typeof build
>;

/** Keys about the EKS cluster. */
export const keys = topicKeys("EKS cluster", {
    kubernetesVersion: key(z.enum(Object.keys(kubernetesVersions)), {
        default: "1.35",
        description: "Kubernetes minor version.",
        requires: ON_AWS,
    }),
    eksSupportType: key(z.enum(["EXTENDED", "STANDARD"]), {
        default: "EXTENDED",
        description:
            "What EKS does when the standard support of kubernetesVersion ends. EXTENDED: it keeps the version for another year, in which the control plane costs six times as much. STANDARD: it upgrades the control plane by itself.",
        requires: ON_AWS,
    }),
    nodeRelease: key(optional(nodeRelease), {
        default: "",
        description:
            "Release of the nodes' system (Amazon Linux 2023). latest: each pulumi up moves nodes to the newest, which has the security patches. Empty: the newest when a node group is made or Kubernetes upgraded, and none later.",
        allowed: "empty, latest, or a release of kubernetesVersion such as 1.35.2-20261101",
        example: "latest",
        requires: ON_AWS,
    }),
    addonVersions: key(z.strictObject(addOnVersions), {
        default: {},
        description:
            "Versions of EKS add-ons, by name. An add-on that is not named gets the version that EKS recommends when it is installed, and with each new kubernetesVersion, and keeps it in between. recommended: each pulumi up moves it to what EKS recommends.",
        allowed: `recommended or a version such as v1.2.3-eksbuild.4, for ${ADD_ONS.join(", ")}`,
        requires: ON_AWS,
    }),
    endpointPublicAccess: key(z.boolean(), {
        default: false,
        description:
            "Open the cluster's API to publicAccessCidrs, beside the VPC. Without it pulumi up needs a network path into the VPC, which there is none to a VPC that it makes itself.",
        requires: ON_AWS,
    }),
    endpointClosesAfterFirstUp: key(z.boolean(), {
        default: false,
        description:
            "Close the public endpoint when everything has been made: the first pulumi up works through it, the next one closes it, and those after it need a network path into the VPC.",
        requires: PUBLIC,
    }),
    publicAccessCidrs: key(z.array(z.string()).max(maxPublicAccessCidrs), {
        default: [],
        description: "Who may reach the cluster's public API endpoint.",
        allowed: `at most ${maxPublicAccessCidrs} IPv4 networks`,
        example: CLIENTS.example,
        requires: PUBLIC,
    }),
    adminPrincipalArns: key(z.array(z.string().regex(iamPrincipalArn)), {
        default: [],
        description: "IAM roles and users that administer the cluster, beside its creator.",
        allowed: "arn:<aws|aws-us-gov|aws-cn>:iam::<account>:role/<name> or :user/<name>",
        example: "arn:aws:iam::123456789012:role/hysds-admin",
        requires: ON_AWS,
    }),
    logRetentionDays: key(z.literal(logRetentionDays), {
        default: 30,
        description:
            "How long CloudWatch keeps the logs of the control plane and the stores, days.",
        requires: ON_AWS,
    }),
});

function principals(values: Values, { region }: RuleContext): readonly Finding[] {
    return values.adminPrincipalArns.flatMap((arn, index) =>
        inPartition(`adminPrincipalArns[${index}]`, arn, region),
    );
}

/** Rules about the EKS cluster. */
export const rules: readonly Rule[] = [
    rule(
        "nodes-are-of-the-clusters-version",
        ["nodeRelease", "kubernetesVersion"],
        ({ nodeRelease: release, kubernetesVersion }): readonly Finding[] =>
            ["", "latest"].includes(release) || release.startsWith(`${kubernetesVersion}.`)
                ? []
                : [
                      {
                          at: "nodeRelease",
                          reason: `kubernetesVersion is ${kubernetesVersion}, and nodes follow it`,
                          allowed: `latest, or a release that begins with ${kubernetesVersion}.`,
                          fixes: [set("nodeRelease", "latest")],
                      },
                  ],
    ),
    refuse(
        "cloudwatch-add-on-is-installed",
        ["addonVersions", "monitoring", "containerLogs"],
        ({ addonVersions, monitoring, containerLogs }) =>
            CLOUDWATCH_ADD_ON in addonVersions &&
            ![monitoring, containerLogs].includes("cloudwatch"),
        {
            at: `addonVersions["${CLOUDWATCH_ADD_ON}"]`,
            reason: "neither monitoring nor containerLogs is cloudwatch, and so the cluster does not have this add-on",
            allowed: "versions of the add-ons that the cluster has",
            fixes: [remove(`addonVersions["${CLOUDWATCH_ADD_ON}"]`)],
        },
    ),
    ...cidrRules(CLIENTS),
    refuse(
        "public-endpoint-names-its-clients",
        ["platform", "endpointPublicAccess", "publicAccessCidrs"],
        ({ platform, endpointPublicAccess, publicAccessCidrs }) =>
            platform === "aws" && endpointPublicAccess && publicAccessCidrs.length === 0,
        {
            at: "publicAccessCidrs",
            reason: "endpointPublicAccess is on, and nobody is named who may use it",
            allowed: "the networks of those who administer the cluster",
            fixes: [set("publicAccessCidrs[0]", CLIENTS.example)],
        },
    ),
    rule("admins-are-of-the-partition", ["adminPrincipalArns"], principals),
];

/** The EKS cluster; `version` is Kubernetes' minor version. */
export type ClusterSettings = Omit<Own<typeof keys>, "kubernetesVersion"> & {
    readonly version: string;
};

/** The EKS cluster as its keys have it. */
export function clusterSettings(values: Values): ClusterSettings {
    const { kubernetesVersion: version, ...others } = own(values, keys);
    return { version, ...others };
}

const NOTICE_DAYS = 60;

function endOfSupport(
    { version, eksSupportType }: ClusterSettings,
    today: Date,
): readonly string[] {
    const dates = kubernetesVersions[version];
    if (!dates) {
        return [];
    }
    const days = (Date.parse(dates.standardUntil) - today.getTime()) / 86_400_000;
    const upgrade =
        "Upgrade one minor version at a time: pulumi config set hysds:kubernetesVersion";
    const isExtended = eksSupportType === "EXTENDED";
    const afterwards = isExtended
        ? "after that the control plane costs extra"
        : "then it upgrades the control plane by itself, as hysds:eksSupportType says";
    if (days < 0) {
        // A cluster in extended support stays in it until its version is in standard support:
        // https://docs.aws.amazon.com/eks/latest/userguide/disable-extended-support.html
        const now = isExtended
            ? `the control plane costs extra, and EKS upgrades it by itself on ${dates.extendedUntil}`
            : "EKS upgrades such a cluster by itself, and makes none with hysds:eksSupportType STANDARD that is in extended support already";
        return [
            `EKS ended standard support of Kubernetes ${version} on ${dates.standardUntil}: ${now}. ${upgrade}`,
        ];
    }
    return days < NOTICE_DAYS
        ? [
              `EKS ends standard support of Kubernetes ${version} on ${dates.standardUntil}; ${afterwards}. ${upgrade}`,
          ]
        : [];
}

/** What is allowed of the cluster and still worth a second thought. */
export function advice({ platform }: Settings, today: Date): readonly string[] {
    return platform.kind === "aws"
        ? [
              ...endOfSupport(platform.cluster, today),
              ...placeholders(CLIENTS.key, platform.cluster.publicAccessCidrs),
          ]
        : [];
}
