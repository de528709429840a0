import { beforeAll, describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { Registered, registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";

function policyOf(document: unknown): { Statement: Record<string, unknown>[] } {
    return JSON.parse(document as string) as { Statement: Record<string, unknown>[] };
}

describe("a stack on AWS", () => {
    let stack: Registered;

    beforeAll(async () => {
        stack = await registered(() => {
            const platform = createPlatform(awsSettings());
            const namespace = platform.namespace("hysds", "restricted");
            platform.namespace("hysds-jobs", "privileged");
            platform.identityFor("user-rules", {
                namespace,
                grants: [{ grant: "read-bucket", content: "Artifacts", bucket: "artifacts" }],
            });
            platform.identityFor("mozart", { namespace });
        });
    });

    it("spans three zones with a NAT gateway in each", () => {
        expect(stack.inputs("awsx:ec2:Vpc")).toMatchObject({
            numberOfAvailabilityZones: 3,
            natGateways: { strategy: "OnePerAz" },
            enableDnsHostnames: true,
        });
    });

    it("tags subnets so that load balancers find theirs", () => {
        expect(stack.inputs("awsx:ec2:Vpc").subnetSpecs).toMatchObject([
            {
                type: "Private",
                tags: {
                    "kubernetes.io/role/internal-elb": "1",
                    "kubernetes.io/cluster/hysds-prod": "shared",
                },
            },
            {
                type: "Public",
                tags: {
                    "kubernetes.io/role/elb": "1",
                    "kubernetes.io/cluster/hysds-prod": "shared",
                },
            },
        ]);
    });

    it("reaches S3 by a gateway, and the services asked for by interfaces open to the VPC only", () => {
        const endpoints = stack
            .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
            .map(({ inputs }) => [inputs.vpcEndpointType, inputs.serviceName]);
        expect(endpoints).toEqual([
            ["Gateway", "com.amazonaws.us-west-2.s3"],
            ["Interface", "com.amazonaws.us-west-2.ecr.api"],
            ["Interface", "com.amazonaws.us-west-2.sts"],
        ]);
        expect(
            stack.inputs("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
        ).toMatchObject({ cidrIpv4: "10.20.0.0/16", fromPort: 443, toPort: 443 });
    });

    it("keeps the Kubernetes API private, its Secrets encrypted and its logs on", () => {
        const cluster = stack.inputs("eks:index:Cluster");
        expect(cluster).toMatchObject({
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
            authenticationMode: "API",
            createOidcProvider: true,
            deletionProtection: true,
            vpcCniOptions: { enableNetworkPolicy: true },
        });
        expect(cluster.encryptionConfigKeyArn).toContain("arn:aws:kms:");
        expect(cluster.enabledClusterLogTypes).toHaveLength(5);
        expect(cluster).not.toHaveProperty("publicAccessCidrs");
        expect(
            stack.inputs("aws:cloudwatch/logGroup:LogGroup", "hysds-prod-control-plane"),
        ).toMatchObject({ name: "/aws/eks/hysds-prod/cluster", retentionInDays: 90 });
    });

    it("makes the configured principals administrators", () => {
        expect(stack.inputs("eks:index:Cluster").accessEntries).toEqual({
            "arn-aws-iam-123456789012-role-ops": {
                principalArn: "arn:aws:iam::123456789012:role/ops",
                tags: { project: "hysds", "cost-center": "science" },
                accessPolicies: {
                    admin: {
                        policyArn:
                            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                        accessScope: { type: "cluster" },
                    },
                },
            },
        });
    });

    it.each(["hysds-prod-nodes-services", "hysds-prod-nodes-jobs"])(
        "launches %s with IMDSv2, out of reach for pods, and encrypted gp3 volumes",
        (name) => {
            expect(stack.inputs("aws:ec2/launchTemplate:LaunchTemplate", name)).toMatchObject({
                metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
                blockDeviceMappings: [{ ebs: { volumeType: "gp3", encrypted: "true" } }],
                vpcSecurityGroupIds: ["sg-hysds-prod-node", "hysds-prod-pods-id"],
            });
        },
    );

    it("keeps everything but jobs off job nodes, and jobs on them", () => {
        expect(stack.inputs("aws:eks/nodeGroup:NodeGroup", "hysds-prod-nodes-jobs")).toMatchObject({
            taints: [{ key: "hysds.io/jobs", value: "true", effect: "NO_SCHEDULE" }],
            labels: { "hysds.io/pool": "jobs" },
            amiType: "AL2023_ARM_64_STANDARD",
            scalingConfig: { minSize: 0, maxSize: 6 },
        });
        expect(
            stack.inputs("aws:eks/nodeGroup:NodeGroup", "hysds-prod-nodes-services"),
        ).toMatchObject({ taints: [], amiType: "AL2023_x86_64_STANDARD" });
    });

    it("puts the work disk on the instance store", () => {
        const { userData } = stack.inputs(
            "aws:ec2/launchTemplate:LaunchTemplate",
            "hysds-prod-nodes-jobs",
        );
        const document = Buffer.from(userData as string, "base64").toString();
        const json = document.split("\n").find((line) => line.startsWith("{"));
        expect(JSON.parse(json ?? "")).toMatchObject({
            kind: "NodeConfig",
            spec: { instance: { localStorage: { strategy: "RAID0" } } },
        });
    });

    it("gives a workload a role that only its own ServiceAccount can assume", () => {
        const role = stack.inputs("aws:iam/role:Role", "hysds-prod-user-rules");
        expect(policyOf(role.assumeRolePolicy).Statement).toEqual([
            {
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.simulated" },
                Condition: {
                    StringEquals: {
                        "oidc.simulated:aud": "sts.amazonaws.com",
                        "oidc.simulated:sub": "system:serviceaccount:hysds:user-rules",
                    },
                },
            },
        ]);
        expect(
            stack.inputs("kubernetes:core/v1:ServiceAccount", "hysds-prod-user-rules"),
        ).toMatchObject({
            automountServiceAccountToken: false,
            metadata: {
                name: "user-rules",
                namespace: "hysds",
                annotations: {
                    "eks.amazonaws.com/role-arn":
                        "arn:aws:iam:us-west-2:123456789012:hysds-prod-user-rules",
                },
            },
        });
    });

    it("gives a workload without AWS permissions a ServiceAccount and no role", () => {
        const account = stack.inputs("kubernetes:core/v1:ServiceAccount", "hysds-prod-mozart");
        expect(account).toMatchObject({ automountServiceAccountToken: false });
        expect(account.metadata).not.toHaveProperty("annotations");
        expect(stack.ofType("aws:iam/role:Role").map((role) => role.name)).not.toContain(
            "hysds-prod-mozart",
        );
    });

    it("denies ingress in every namespace and enforces its pod security level", () => {
        expect(stack.inputs("kubernetes:core/v1:Namespace", "hysds").metadata).toMatchObject({
            labels: { "pod-security.kubernetes.io/enforce": "restricted" },
        });
        expect(stack.inputs("kubernetes:core/v1:Namespace", "hysds-jobs").metadata).toMatchObject({
            labels: { "pod-security.kubernetes.io/enforce": "privileged" },
        });
        const policies = stack.ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy");
        expect(policies.map(({ inputs }) => inputs.spec)).toEqual([
            { podSelector: {}, policyTypes: ["Ingress"] },
            { podSelector: {}, policyTypes: ["Ingress"] },
        ]);
    });

    it("creates volumes encrypted, in the zone of their pod", () => {
        expect(stack.inputs("kubernetes:storage.k8s.io/v1:StorageClass")).toMatchObject({
            provisioner: "ebs.csi.aws.com",
            parameters: { type: "gp3", encrypted: "true" },
            volumeBindingMode: "WaitForFirstConsumer",
            reclaimPolicy: "Retain",
        });
    });

    it("writes to its own cluster only, by a secret kubeconfig", () => {
        const provider = stack.one("pulumi:providers:kubernetes");
        const inCluster = stack.all.filter(({ type }) => type.startsWith("kubernetes:"));
        expect(inCluster.length).toBeGreaterThan(0);
        for (const resource of inCluster) {
            expect(resource.options.provider, resource.urn).toContain(provider.urn);
        }
        expect(JSON.stringify(provider.inputs)).not.toContain("simulated-secret-kubeconfig");
    });

    it("tags all that AWS can tag, and keeps a resource's own tags", () => {
        const taggable = stack.all.filter(
            ({ type }) =>
                /^(aws|awsx|eks):/.test(type) &&
                !/RolePolicy|LogResourcePolicy|Component/.test(type),
        );
        expect(taggable.length).toBeGreaterThan(15);
        for (const { inputs, urn } of taggable) {
            expect(inputs.tags, urn).toMatchObject({ project: "hysds", "cost-center": "science" });
        }
        expect(
            stack.inputs("aws:ec2/securityGroup:SecurityGroup", "hysds-prod-pods").tags,
        ).toMatchObject({ Name: "hysds-prod-pods" });
    });

    it("has no security group rule for the whole internet", () => {
        const inputs = JSON.stringify(stack.all.map((resource) => resource.inputs));
        expect(inputs).not.toContain("0.0.0.0/0");
        expect(inputs).not.toContain("::/0");
    });

    it("installs add-ons that need nodes after the nodes", () => {
        const nodes = stack.one("aws:eks/nodeGroup:NodeGroup", "hysds-prod-nodes-services");
        const addOns = stack.ofType("aws:eks/addon:Addon");
        expect(addOns.map(({ inputs }) => inputs.addonName).sort()).toEqual([
            "aws-ebs-csi-driver",
            "coredns",
            "metrics-server",
        ]);
        for (const addOn of addOns) {
            expect(stack.ancestors(addOn)).toContain(nodes.urn);
        }
    });
});
