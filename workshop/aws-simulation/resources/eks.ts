import { hex } from "../account";
import { block, ResourceRow, RowContext, Rows, text, texts } from "./row";

/**
 * Of an authority whose key nobody has. It is a real one, since @pulumi/eks and clients of Kubernetes parse what the
 * cluster says; self-signed for this simulation.
 */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpTCCAUugAwIBAgIUOVZrc8jdqn5IYZbu2lLAf6Aaj0IwCgYIKoZIzj0EAwIw
JzElMCMGA1UEAwwca3ViZXJuZXRlcyBvZiB0aGUgc2ltdWxhdGlvbjAgFw0yNjEx
MjgyMDU2MThaGA8yMTI2MTEwNDIwNTYxOFowJzElMCMGA1UEAwwca3ViZXJuZXRl
cyBvZiB0aGUgc2ltdWxhdGlvbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIP7
8PSn2YA6LsaFrruIjNTajQsgcKejdzBy9Dfmp4ksHqvWkGUiPTnz4rZemVx2tcH4
USgLOylpDWAqRFBGgnCjUzBRMB0GA1UdDgQWBBSVi3EIAnErrDD824U6PCqBaYot
1DAfBgNVHSMEGDAWgBSVi3EIAnErrDD824U6PCqBaYot1DAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIQC0snqAJIGR+P9kbCvSwS0c08MxFbShNk4H
JYiHYOyUsQIgcyO56m1UTkBkIVmIaaA86nhFf+Q1nLSHCq+FJYfHSiQ=
-----END CERTIFICATE-----
`;

/** The builds of an add-on that EKS offers for a Kubernetes version. */
interface OfferedBuilds {
    readonly recommended: string;
    readonly newest: string;
    readonly older: string;
}

/** What `aws eks describe-addon-versions` would list, as version strings of EKS's form. */
export function addonVersions(name: string, kubernetesVersion: string): OfferedBuilds {
    const minor = kubernetesVersion.split(".")[1] ?? "35";
    const versions: Readonly<Record<string, string>> = {
        "vpc-cni": "v1.20.4-eksbuild.1",
        "aws-ebs-csi-driver": "v1.52.1-eksbuild.1",
        "metrics-server": "v0.8.0-eksbuild.2",
        "amazon-cloudwatch-observability": "v6.4.0-eksbuild.1",
        "eks-pod-identity-agent": "v1.3.9-eksbuild.3",
        "kube-proxy": `v1.${minor}.0-eksbuild.2`,
        coredns: "v1.12.4-eksbuild.1",
    };
    const older = versions[name] ?? "v1.0.0-eksbuild.1";
    const later = (builds: number): string =>
        older.replace(/\d+$/, (build) => String(Number(build) + builds));
    return { older, recommended: later(1), newest: later(5) };
}

function clusterIssuer({ account, seed }: RowContext): string {
    return `https://oidc.eks.${account.region}.${account.dnsSuffix}/id/${hex(`${seed}/oidc`, 32).toUpperCase()}`;
}

const cluster: ResourceRow = {
    autoName: { property: "name", maxLength: 100 },
    unique: {
        by: ["name"],
        refusal: (inputs) =>
            `operation error EKS: CreateCluster, https response error StatusCode: 409, ResourceInUseException: ` +
            `Cluster already exists with name: ${text(inputs, "name")}`,
    },
    id: ({ inputs }) => text(inputs, "name"),
    outputs: (context) => {
        const { account, inputs, seed } = context;
        const vpcConfig = block(inputs, "vpcConfig");
        const subnet = account.get("aws:ec2/subnet:Subnet", texts(vpcConfig, "subnetIds")[0] ?? "");
        return {
            arn: account.arn("eks", `cluster/${context.id}`),
            endpoint: `https://${hex(seed, 32).toUpperCase()}.gr7.${account.region}.eks.${account.dnsSuffix}`,
            certificateAuthority: { data: Buffer.from(CERTIFICATE).toString("base64") },
            identities: [{ oidcs: [{ issuer: clusterIssuer(context) }] }],
            status: "ACTIVE",
            createdAt: "2026-01-01T00:00:00Z",
            platformVersion: "eks.1",
            version: text(inputs, "version") || "1.35",
            accessConfig: inputs.accessConfig ?? {
                authenticationMode: "CONFIG_MAP",
                bootstrapClusterCreatorAdminPermissions: true,
            },
            vpcConfig: {
                endpointPrivateAccess: false,
                endpointPublicAccess: true,
                publicAccessCidrs: vpcConfig.endpointPublicAccess === false ? [] : ["0.0.0.0/0"],
                ...vpcConfig,
                clusterSecurityGroupId: `sg-0${hex(`${seed}/cluster`, 16)}`,
                vpcId: subnet?.inputs.vpcId ?? `vpc-0${hex(seed, 16)}`,
            },
        };
    },
    replaceOn: [
        "name",
        "roleArn",
        "bootstrapSelfManagedAddons",
        "encryptionConfig.resources",
        "encryptionConfig.provider",
        "kubernetesNetworkConfig.ipFamily",
        "kubernetesNetworkConfig.serviceIpv4Cidr",
        "accessConfig.bootstrapClusterCreatorAdminPermissions",
        "outpostConfig",
    ],
};

const nodeGroup: ResourceRow = {
    autoName: { property: "nodeGroupName", maxLength: 63 },
    unique: {
        by: ["clusterName", "nodeGroupName"],
        refusal: (inputs) =>
            `operation error EKS: CreateNodegroup, https response error StatusCode: 409, ResourceInUseException: ` +
            `NodeGroup already exists with name ${text(inputs, "nodeGroupName")} and cluster name ${text(inputs, "clusterName")}`,
    },
    id: ({ inputs }) => `${text(inputs, "clusterName")}:${text(inputs, "nodeGroupName")}`,
    outputs: ({ account, inputs, seed }) => ({
        arn: account.arn(
            "eks",
            `nodegroup/${text(inputs, "clusterName")}/${text(inputs, "nodeGroupName")}/${hex(seed, 8)}`,
        ),
        status: "ACTIVE",
        amiType: text(inputs, "amiType") || "AL2023_x86_64_STANDARD",
        capacityType: text(inputs, "capacityType") || "ON_DEMAND",
        instanceTypes: texts(inputs, "instanceTypes"),
        version: text(inputs, "version") || "1.35",
        releaseVersion: text(inputs, "releaseVersion") || "1.35.0-20261101",
        resources: [
            {
                autoscalingGroups: [
                    { name: `eks-${text(inputs, "nodeGroupName")}-${hex(seed, 8)}` },
                ],
                remoteAccessSecurityGroupId: "",
            },
        ],
    }),
    replaceOn: [
        "nodeGroupName",
        "nodeGroupNamePrefix",
        "clusterName",
        "nodeRoleArn",
        "subnetIds",
        "instanceTypes",
        "diskSize",
        "amiType",
        "capacityType",
        "remoteAccess",
        "launchTemplate.name",
        "launchTemplate.id",
    ],
    // resourceNodeGroupUpdate: d.HasChange("scaling_config"), and then all three numbers of it.
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/node_group.go
    sentWhenChanged: ["scalingConfig"],
};

/** An object of a cluster, whose id is `cluster:key`. */
function clusterObject(key: string, row: ResourceRow = {}): ResourceRow {
    return {
        autoName: false,
        id: ({ inputs }) => `${text(inputs, "clusterName")}:${text(inputs, key)}`,
        unique: {
            by: ["clusterName", key],
            refusal: (inputs) =>
                `operation error EKS, https response error StatusCode: 409, ResourceInUseException: ` +
                `${text(inputs, key)} already exists in cluster ${text(inputs, "clusterName")}`,
        },
        replaceOn: ["clusterName", key],
        ...row,
    };
}

/** EKS. */
export const eksRows: Rows = {
    "aws:eks/cluster:Cluster": cluster,
    "aws:eks/nodeGroup:NodeGroup": nodeGroup,
    "aws:eks/addon:Addon": clusterObject("addonName", {
        outputs: ({ account, inputs, seed }) => ({
            arn: account.arn(
                "eks",
                `addon/${text(inputs, "clusterName")}/${text(inputs, "addonName")}/${hex(seed, 8)}`,
            ),
            addonVersion:
                text(inputs, "addonVersion") ||
                addonVersions(text(inputs, "addonName"), "1.35").recommended,
            configurationValues: text(inputs, "configurationValues"),
            createdAt: "2026-01-01T00:00:00Z",
            modifiedAt: "2026-01-01T00:00:00Z",
        }),
    }),
    "aws:eks/accessEntry:AccessEntry": clusterObject("principalArn", {
        outputs: ({ account, inputs, seed }) => ({
            accessEntryArn: account.arn(
                "eks",
                `access-entry/${text(inputs, "clusterName")}/role/${account.accountId}/${hex(seed, 8)}`,
            ),
            type: text(inputs, "type") || "STANDARD",
            userName: text(inputs, "userName") || text(inputs, "principalArn"),
            kubernetesGroups: texts(inputs, "kubernetesGroups"),
            createdAt: "2026-01-01T00:00:00Z",
            modifiedAt: "2026-01-01T00:00:00Z",
        }),
        replaceOn: ["clusterName", "principalArn", "type"],
    }),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
        autoName: false,
        id: ({ inputs }) =>
            ["clusterName", "principalArn", "policyArn"]
                .map((property) => text(inputs, property))
                .join("#"),
        outputs: () => ({
            associatedAt: "2026-01-01T00:00:00Z",
            modifiedAt: "2026-01-01T00:00:00Z",
        }),
        replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
        autoName: false,
        id: ({ seed }) => `a-${hex(seed, 17)}`,
        outputs: ({ account, id, inputs }) => ({
            associationArn: account.arn(
                "eks",
                `podidentityassociation/${text(inputs, "clusterName")}/${id}`,
            ),
            associationId: id,
        }),
        replaceOn: ["clusterName", "namespace", "serviceAccount"],
    },
};
