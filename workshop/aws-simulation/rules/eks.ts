import { regionsWith } from "../../../components/settings/limits/instance-offers";
import { addonVersions } from "../resources/eks";
import { block, list, text, texts } from "../resources/row";
import { isObject, UNKNOWN } from "../wire/values";
import { Rule, RuleContext } from "./rule";

// Versions in standard or extended support: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
const KUBERNETES_VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"];
// https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html, and in its words:
// https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];
const CLUSTER = "aws:eks/cluster:Cluster";
const ADD_ON = "aws:eks/addon:Addon";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

function refused(operation: string, message: string): string {
    return `operation error EKS: ${operation}, https response error StatusCode: 400, ${message}`;
}

function zonesOf({ account, inputs }: RuleContext): Set<string> {
    const subnets = texts(block(inputs, "vpcConfig"), "subnetIds");
    return new Set(
        subnets.map((id) => {
            const subnet = account.get("aws:ec2/subnet:Subnet", id);
            return subnet ? text(subnet.outputs, "availabilityZone") : id;
        }),
    );
}

function versionRule(at: "create" | "update", operation: string): Rule {
    return {
        name: "Kubernetes version",
        type: CLUSTER,
        at,
        refusal: ({ inputs }) =>
            inputs.version === undefined || KUBERNETES_VERSIONS.includes(text(inputs, "version"))
                ? undefined
                : refused(operation, "InvalidParameterException: unsupported Kubernetes version"),
    };
}

/**
 * Members of NodegroupScalingConfig, of which the provider sends all three at an update too.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
 */
function scalingRule(at: "create" | "update", operation: string): Rule {
    return {
        name: "node group scaling",
        type: NODE_GROUP,
        at,
        refusal: ({ inputs }) => {
            const scaling = block(inputs, "scalingConfig");
            const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((key) =>
                Number(scaling[key]),
            ) as [number, number, number];
            const wrong =
                min > max
                    ? `Minimum capacity ${min} can't be greater than maximum size ${max}`
                    : desired > max
                      ? `desired capacity ${desired} can't be greater than max size ${max}`
                      : desired < min
                        ? `Minimum capacity ${min} can't be greater than desired size ${desired}`
                        : undefined;
            return wrong && refused(operation, `InvalidParameterException: ${wrong}`);
        },
    };
}

/** A release is of the group's version of Kubernetes. https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html */
function releaseRule(at: "create" | "update", operation: string): Rule {
    return {
        name: "node release",
        type: NODE_GROUP,
        at,
        refusal: ({ inputs }) => {
            const [version, release] = [text(inputs, "version"), text(inputs, "releaseVersion")];
            return release === "" || version === "" || release.startsWith(`${version}.`)
                ? undefined
                : refused(
                      operation,
                      `InvalidParameterException: Requested release version ${release} is not valid for kubernetes version ${version}.`,
                  );
        },
    };
}

/**
 * The version of an add-on is one of those that describe-addon-versions has for the cluster's Kubernetes version.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html (`addonVersion`)
 */
function addOnRule(at: "create" | "update", operation: string): Rule {
    return {
        name: "add-on version",
        type: ADD_ON,
        at,
        refusal: ({ account, inputs }) => {
            const cluster = account.get(CLUSTER, text(inputs, "clusterName"));
            const [name, version] = [text(inputs, "addonName"), text(inputs, "addonVersion")];
            const offered = addonVersions(name, text(cluster?.outputs ?? {}, "version"));
            return version === "" || Object.values(offered).includes(version)
                ? undefined
                : refused(
                      operation,
                      "InvalidParameterException: Addon version specified is not supported",
                  );
        },
    };
}

/** Minor versions of Kubernetes that an update goes forward. */
function minorSteps({ inputs, olds = {} }: RuleContext): number {
    const [to = 0, from = 0] = [inputs, olds].map((of) =>
        Number(text(of, "version").split(".")[1]),
    );
    return to - from;
}

function unsupportedUpdate({ inputs, olds = {} }: RuleContext): string {
    return refused(
        "UpdateClusterVersion",
        `InvalidParameterException: Unsupported Kubernetes minor version update from ${text(olds, "version")} to ${text(inputs, "version")}`,
    );
}

/** A taint's effect is spelled in capitals here, unlike in Kubernetes: https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const TAINT_EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];

/** In the words of https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2406 */
function untrustedRole({ account, inputs }: RuleContext): string | undefined {
    const arn = text(inputs, "roleArn");
    const role = account.get("aws:iam/role:Role", arn.split("/").pop() ?? "");
    return arn === "" || text(role?.inputs ?? {}, "assumeRolePolicy").includes("eks.")
        ? undefined
        : refused(
              "CreateCluster",
              `InvalidParameterException: Role with arn: ${arn}, could not be assumed because it does not exist or the ` +
                  "trusted entity is not correct",
          );
}

/** EKS. */
export const eksRules: readonly Rule[] = [
    versionRule("create", "CreateCluster"),
    {
        name: "role of a cluster that is not there, or that EKS is not trusted with",
        type: CLUSTER,
        at: "create",
        refusal: untrustedRole,
    },
    versionRule("update", "UpdateClusterVersion"),
    {
        name: "no way back to an older version",
        type: CLUSTER,
        at: "update",
        refusal: (context) => (minorSteps(context) < 0 ? unsupportedUpdate(context) : undefined),
    },
    {
        name: "one minor version at a time",
        type: CLUSTER,
        at: "update",
        refusal: (context) => (minorSteps(context) > 1 ? unsupportedUpdate(context) : undefined),
    },
    {
        name: "subnets in two zones",
        type: CLUSTER,
        at: "create",
        refusal: (context) =>
            zonesOf(context).size < 2
                ? refused(
                      "CreateCluster",
                      "InvalidParameterException: Subnets specified must be in at least two different AZs",
                  )
                : undefined,
    },
    {
        name: "zones without EKS",
        type: CLUSTER,
        at: "create",
        refusal: (context: RuleContext): string | undefined => {
            const { account, inputs } = context;
            const idOf = (zone: string): string =>
                account.zoneIds[account.availabilityZones.indexOf(zone)] ?? "";
            const without = (zone: string): boolean => WITHOUT_EKS.includes(idOf(zone));
            const bad = [...zonesOf(context)].find(without);
            const others = account.availabilityZones.filter((zone) => !without(zone));
            return (
                bad &&
                refused(
                    "CreateCluster",
                    `UnsupportedAvailabilityZoneException: Cannot create cluster '${text(inputs, "name")}' because ${bad}, ` +
                        "the targeted availability zone, does not currently have sufficient capacity to support the cluster. " +
                        `Retry and choose from these availability zones: ${others.join(", ")}`,
                )
            );
        },
    },
    {
        name: "an endpoint at all",
        type: CLUSTER,
        at: "create",
        refusal: ({ inputs }: RuleContext): string | undefined => {
            const vpc = block(inputs, "vpcConfig");
            return vpc.endpointPublicAccess === false && vpc.endpointPrivateAccess !== true
                ? refused(
                      "CreateCluster",
                      "InvalidParameterException: Private and public endpoint access cannot be false",
                  )
                : undefined;
        },
    },
    {
        name: "deletion protection",
        type: CLUSTER,
        at: "delete",
        refusal: ({ inputs }) =>
            inputs.deletionProtection === true
                ? refused(
                      "DeleteCluster",
                      "InvalidRequestException: Cluster has deletion protection enabled. Disable it to delete the cluster.",
                  )
                : undefined,
    },
    releaseRule("create", "CreateNodegroup"),
    releaseRule("update", "UpdateNodegroupVersion"),
    addOnRule("create", "CreateAddon"),
    addOnRule("update", "UpdateAddon"),
    scalingRule("create", "CreateNodegroup"),
    scalingRule("update", "UpdateNodegroupConfig"),
    {
        name: "node instance types",
        type: NODE_GROUP,
        at: "create",
        refusal: ({ account, inputs }: RuleContext): string | undefined => {
            // AWS's price lists, by cfn-lint: aws_ec2_instance/instancetype_enum.json
            const bad = texts(inputs, "instanceTypes").filter(
                (type) => !regionsWith("ec2", type).includes(account.region),
            );
            return bad.length > 0
                ? refused(
                      "CreateNodegroup",
                      `InvalidParameterException: The following supplied instance types do not exist: [${bad.join(", ")}]`,
                  )
                : undefined;
        },
    },
    {
        name: "taint effect",
        type: NODE_GROUP,
        at: "check",
        refusal: ({ inputs }: RuleContext): string | undefined => {
            const bad = list(inputs, "taints")
                .filter(isObject)
                .map((taint) => text(taint, "effect"))
                .find((effect) => effect !== UNKNOWN && !TAINT_EFFECTS.includes(effect));
            return (
                bad &&
                `expected taints.effect to be one of ["NO_SCHEDULE" "NO_EXECUTE" "PREFER_NO_SCHEDULE"], got ${bad}`
            );
        },
    },
    {
        name: "disk size beside a launch template",
        type: NODE_GROUP,
        at: "create",
        refusal: ({ inputs }) =>
            inputs.launchTemplate !== undefined && inputs.diskSize !== undefined
                ? refused(
                      "CreateNodegroup",
                      "InvalidParameterException: Disk size must be specified within the launch template.",
                  )
                : undefined,
    },
    ...[ADD_ON, NODE_GROUP, "aws:eks/accessEntry:AccessEntry"].map((type): Rule => ({
        name: "cluster exists",
        type,
        at: "create",
        refusal: ({ account, inputs }) =>
            account.get(CLUSTER, text(inputs, "clusterName"))
                ? undefined
                : "operation error EKS, https response error StatusCode: 404, ResourceNotFoundException: " +
                  `No cluster found for name: ${text(inputs, "clusterName")}.`,
    })),
];
