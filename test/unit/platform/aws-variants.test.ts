import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { Platform } from "../../../components/platform/platform";
import { Settings } from "../../../components/settings/settings";
import { Registered, registered, SimulatedAccount } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

const GOVCLOUD = { partition: "aws-us-gov", region: "us-gov-west-1" };

function platformOf(
    settings: Settings,
    use: (platform: Platform) => void = () => undefined,
    account?: SimulatedAccount,
): Promise<Registered> {
    return registered(() => use(createPlatform(settings)), account);
}

describe("in GovCloud", () => {
    it("names no ARN of the commercial partition", async () => {
        const settings = awsSettings({
            platform: awsPlatform({
                cluster: { ...awsPlatform().cluster, adminPrincipalArns: [] },
            }),
        });
        const stack = await platformOf(settings, undefined, GOVCLOUD);
        const attached = stack
            .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
            .map(({ inputs }) => inputs.policyArn);
        expect(attached).toHaveLength(5);
        for (const arn of attached) {
            expect(arn).toMatch(/^arn:aws-us-gov:iam::aws:policy\//);
        }
        expect(
            stack.inputs("aws:ec2/vpcEndpoint:VpcEndpoint", "hysds-prod-endpoints-s3"),
        ).toMatchObject({ serviceName: "com.amazonaws.us-gov-west-1.s3" });
    });
});

describe("in an existing VPC", () => {
    const network = {
        kind: "existing" as const,
        vpcId: "vpc-1",
        privateSubnetIds: ["subnet-a", "subnet-b"],
        publicSubnetIds: ["subnet-p"],
    };

    it("creates no network, only the security group of its pods", async () => {
        const stack = await platformOf(awsSettings({ platform: awsPlatform({ network }) }));
        expect(stack.ofType("awsx:ec2:Vpc")).toEqual([]);
        expect(stack.ofType("aws:ec2/vpcEndpoint:VpcEndpoint")).toEqual([]);
        expect(stack.inputs("eks:index:Cluster")).toMatchObject({
            vpcId: "vpc-1",
            privateSubnetIds: ["subnet-a", "subnet-b"],
        });
        expect(stack.inputs("aws:ec2/securityGroup:SecurityGroup")).toMatchObject({
            vpcId: "vpc-1",
        });
    });

    it("names its subnets to load balancers, whatever tags they carry", async () => {
        await platformOf(awsSettings({ platform: awsPlatform({ network }) }), (platform) => {
            expect(platform.loadBalancerAnnotations({ scheme: "internal" })).toMatchObject({
                "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a,subnet-b",
            });
        });
    });
});

describe("a public Kubernetes API", () => {
    it("is open to the configured addresses only", async () => {
        const cluster = {
            ...awsPlatform().cluster,
            endpointPublicAccess: true,
            publicAccessCidrs: ["203.0.113.0/24"],
        };
        const stack = await platformOf(awsSettings({ platform: awsPlatform({ cluster }) }));
        expect(stack.inputs("eks:index:Cluster")).toMatchObject({
            endpointPublicAccess: true,
            publicAccessCidrs: ["203.0.113.0/24"],
        });
    });
});

describe("the support of the cluster's Kubernetes version", () => {
    it.each(["EXTENDED", "STANDARD"] as const)("is %s where the setting says so", async (type) => {
        const cluster = { ...awsPlatform().cluster, eksSupportType: type };
        const stack = await platformOf(awsSettings({ platform: awsPlatform({ cluster }) }));
        expect(stack.inputs("eks:index:Cluster").upgradePolicy).toEqual({ supportType: type });
    });
});

describe("the EBS CSI driver", () => {
    it("may touch what it made, and no other volumes of the account", async () => {
        const stack = await platformOf(awsSettings());
        const name = "hysds-prod-add-ons-ebs-csi";
        expect(
            stack.inputs("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name).policyArn,
        ).toBe("arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2");
    });
});

describe("a namespace asked for twice", () => {
    it("is made once", async () => {
        const stack = await platformOf(awsSettings(), (platform) => {
            const first = platform.namespace("hysds", "restricted");
            expect(platform.namespace("hysds", "restricted")).toBe(first);
        });
        expect(stack.ofType("kubernetes:core/v1:Namespace")).toHaveLength(1);
    });

    it("cannot have two security levels", async () => {
        await expect(
            platformOf(awsSettings(), (platform) => {
                platform.namespace("hysds", "restricted");
                platform.namespace("hysds", "privileged");
            }),
        ).rejects.toThrow("Namespace hysds cannot be both restricted and privileged.");
    });
});

describe("the release of the nodes' system", () => {
    const releases = async (nodeRelease: string): Promise<readonly unknown[]> => {
        const cluster = { ...awsPlatform().cluster, nodeRelease };
        const stack = await platformOf(awsSettings({ platform: awsPlatform({ cluster }) }));
        return ["services", "jobs"].map(
            (group) =>
                stack.inputs("aws:eks/nodeGroup:NodeGroup", `hysds-prod-nodes-${group}`)
                    .releaseVersion,
        );
    };

    it("is what the groups have, unless one is asked for", async () => {
        expect(await releases("")).toEqual([undefined, undefined]);
        const release = "1.35.2-20261101";
        expect(await releases(release)).toEqual([release, release]);
    });

    it("follows what AWS recommends, for the architecture of each group", async () => {
        const path = (architecture: string): string =>
            `value of /aws/service/eks/optimized-ami/1.35/amazon-linux-2023/${architecture}/standard/recommended/release_version`;
        expect(await releases("latest")).toEqual([path("x86_64"), path("arm64")]);
    });
});
