import { beforeAll, describe, expect, it } from "vitest";
import { roleName } from "../../../components/platform/aws/conventions";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";

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
