import { describe, expect, it } from "vitest";
import { refusals } from "../../../workshop/aws-simulation/rules";
import {
    ATTACHMENT,
    equippedAccount,
    INGRESS,
    policy,
    Refusal,
    refusalsOf,
} from "./support/refusals";

describe("AWS refuses of networking and IAM", () => {
    it.each<[type: string, ...Refusal]>([
        [
            INGRESS,
            "ports the wrong way round",
            { fromPort: 2, toPort: 1 },
            "Must specify both from and to ports",
        ],
        [
            ATTACHMENT,
            "a policy of another partition",
            { policyArn: "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess" },
            "does not exist or is not attachable",
        ],
        [
            ATTACHMENT,
            "a role that is not there",
            { role: "nobody" },
            "The role with name nobody cannot be found.",
        ],
        [
            "aws:iam/role:Role",
            "a second one of the name",
            { name: "node" },
            "Role with name node already exists.",
        ],
        [
            "aws:iam/role:Role",
            "a trust policy without principal",
            { assumeRolePolicy: policy({}) },
            "Missing required field Principal",
        ],
        [
            "aws:iam/policy:Policy",
            "a statement without resource",
            { policy: policy({}) },
            "Policy statement must contain resources.",
        ],
        [
            "aws:iam/policy:Policy",
            "a principal",
            { policy: policy({ Resource: "*", Principal: "*" }) },
            "should not specify a principal",
        ],
        [
            "aws:iam/policy:Policy",
            "an ARN of another partition",
            { policy: policy({ Resource: "arn:aws-us-gov:s3:::bucket/*" }) },
            'Partition "aws-us-gov" is not valid',
        ],
        [
            "aws:iam/serviceLinkedRole:ServiceLinkedRole",
            "one that exists",
            { awsServiceName: "es.amazonaws.com" },
            "has been taken in this account",
        ],
    ])("%s: %s", (type, _, change, wording) => {
        expect(refusalsOf(type, change)).toContainEqual(expect.stringContaining(wording));
    });
});

describe("an institution's service control policy denies", () => {
    const ROLE = "aws:iam/role:Role";
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
    const demands = { permissionsBoundary, pathAndPrefix: "/mission/m-" };
    const account = () => equippedAccount([], demands);
    const good = { permissionsBoundary, path: "/mission/", name: "m-new" };

    it.each([
        ["a role without boundary", { permissionsBoundary: null }],
        ["a role with another", { permissionsBoundary: `${permissionsBoundary}-2` }],
        ["a role at another path", { path: "/" }],
        ["a role of another name", { name: "new" }],
    ])("%s", (_, change) => {
        expect(refusalsOf(ROLE, { ...good, ...change }, account())).toContainEqual(
            expect.stringMatching(
                /AccessDenied: User: .* not authorized to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role\/.* explicit deny/,
            ),
        );
    });

    it("to take the boundary away", () => {
        const inputs = { name: "m-new", path: "/mission/" };
        expect(refusals(ROLE, "update", { account: account(), inputs })).toContainEqual(
            expect.stringContaining("iam:DeleteRolePermissionsBoundary"),
        );
    });

    it("nothing of a role that is as demanded", () => {
        expect(refusalsOf(ROLE, good, account())).toEqual([]);
    });
});
