import { beforeAll, describe, expect, it } from "vitest";
import { roleName } from "../../../components/platform/aws/conventions";
import { createPlatform } from "../../../components/platform";
import { roleThatStays } from "../../../components/platform/aws/role-that-stays";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";
import { Registered, registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";

const ROLE = "aws:iam/role:Role";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const URN = "urn:pulumi:prod::hysds::hysds:component:AwsPlatform$hysds:component:Cluster";

describe("roles in an institution's account", () => {
    let stack: Evaluation;

    beforeAll(async () => {
        stack = await evaluated("prod", {
            iamPermissionsBoundary: BOUNDARY,
            iamRolePath: "/missions/",
            iamRolePrefix: "mission-",
        });
    });

    const roles = () => stack.resources.filter(({ type }) => type === ROLE);

    it("have its boundary, path and prefix, each of them", () => {
        expect(roles().length).toBeGreaterThanOrEqual(10);
        for (const { inputs, name } of roles()) {
            const { permissionsBoundary, path, name: physical } = reveal(inputs) as never;
            expect({ permissionsBoundary, path }, name).toEqual({
                permissionsBoundary: BOUNDARY,
                path: "/missions/",
            });
            expect(physical).toMatch(new RegExp(`^mission-${name}-[0-9a-f]{7}$`));
        }
    });

    it("keep path and name, which AWS could change by another role only", () => {
        for (const { options } of roles()) {
            expect(options.ignoreChanges).toEqual(["name", "path"]);
        }
    });

    it("are all of the stack's own making, the cluster's too, which is the one that eks.Cluster made before", () => {
        const role = stack.resources.find(({ name }) => name === "hysds-prod-cluster");
        const attachment = stack.resources.find(({ name }) =>
            name.startsWith("hysds-prod-cluster-Amazon"),
        );
        const formerly = `${URN}$eks:index:Cluster$eks:index:ServiceRole$aws:iam`;
        expect(role?.options.aliases).toEqual([`${formerly}/role:Role::hysds-prod-eksRole-role`]);
        expect(attachment?.options.aliases).toEqual([
            `${formerly}/rolePolicyAttachment:RolePolicyAttachment::hysds-prod-eksRole-4b490823`,
        ]);
        const cluster = stack.resources.find(({ type }) => type === "eks:index:Cluster");
        expect(JSON.stringify(cluster?.inputs.serviceRole)).toContain("hysds-prod-cluster");
    });
});

describe("the name of a role with a prefix", () => {
    it("has at most 64 characters, and differs where what is cut off does", () => {
        const long = `hysds-prod-${"pool-".repeat(12)}`;
        const names = ["a", "b"].map((end) => roleName("mission-", long + end, "us-west-2"));
        expect(names.map((name) => name.length)).toEqual([64, 64]);
        expect(names[0]).not.toBe(names[1]);
    });

    it("differs between regions, whose stacks share the roles of the account", () => {
        expect(roleName("m-", "hysds-nodes", "us-west-2")).not.toBe(
            roleName("m-", "hysds-nodes", "us-east-1"),
        );
    });
});

describe("given roles", () => {
    const cluster = "arn:aws:iam::123456789012:role/given/eks-cluster";
    const nodes = "arn:aws:iam::123456789012:role/eks-nodes";
    const NAMES = { cluster: "hysds-prod", group: "hysds-prod-nodes-jobs-0123456" };

    /** The platform in an account where its cluster and a node group run with these roles. */
    function running(given: object, live: { cluster: string; nodes: string }): Promise<Registered> {
        const roles = { region: "us-west-2", ...given };
        const names = [NAMES.cluster];
        return registered(() => void createPlatform(awsSettings({ roles })), undefined, {
            "aws:eks/getClusters:getClusters": () => ({ names }),
            "aws:eks/getCluster:getCluster": () => ({
                version: "1.35",
                roleArn: live.cluster,
                vpcConfig: { endpointPublicAccess: false },
            }),
            "aws:eks/getNodeGroups:getNodeGroups": () => ({ names: [NAMES.group] }),
            "aws:eks/getNodeGroup:getNodeGroup": () => ({
                nodeGroupName: NAMES.group,
                nodeRoleArn: live.nodes,
            }),
        });
    }

    it("are used and stay while the cluster runs, and are neither made nor changed", async () => {
        const stack = await running({ cluster, nodes }, { cluster, nodes });
        const made = stack.ofType(ROLE).filter(({ existing }) => !existing);
        expect(made.map(({ name }) => name)).not.toContain("hysds-prod-cluster");
        expect(made.map(({ name }) => name)).not.toContain("hysds-prod-nodes");
        const [read] = stack.ofType(ROLE).filter(({ existing }) => existing);
        expect(read?.inputs).toEqual({ arn: cluster });
        expect(
            stack.inputs("aws:eks/nodeGroup:NodeGroup", "hysds-prod-nodes-jobs").nodeRoleArn,
        ).toBe(nodes);
    });

    it("are refused where the cluster runs with another, with the command that leaves it", () => {
        expect(() => roleThatStays("nodeRoleArn", "node group jobs", nodes, `${nodes}-2`)).toThrow(
            `pulumi config set hysds:nodeRoleArn ${nodes}-2`,
        );
        expect(() => roleThatStays("clusterRoleArn", "cluster prod", cluster, nodes)).toThrow(
            `pulumi config set hysds:clusterRoleArn ${nodes}`,
        );
    });
});
