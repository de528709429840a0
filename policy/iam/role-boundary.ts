import * as aws from "@pulumi/aws";
import { Config } from "@pulumi/pulumi";
import { document } from "../references";
import { rule } from "../rule";
import { text } from "../setting";

export const roleBoundary = rule({
    name: "role-boundary",
    description:
        "Every IAM role has the permissions boundary that the stack says (hysds:iamPermissionsBoundary), those too that other packages' components make: the institution's account denies a role without it.",
    reference: document(
        "IAM, permissions boundaries",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
    fix: "make the role below a component that has the transformations of conventions(), or give a component of another package a role of the stack's own.",
    severity: "high",
    settings: {
        boundary: text(
            "ARN of the boundary that roles must have. Empty: that of hysds:iamPermissionsBoundary, and any or none where the stack has no such key.",
            "",
        ),
    },
}).checks(aws.iam.Role, (role, { report, settings }) => {
    const demanded = settings.boundary || new Config("hysds").get("iamPermissionsBoundary");
    if (demanded && role.permissionsBoundary !== demanded) {
        report(`its boundary is ${role.permissionsBoundary ?? "none"}, and not ${demanded}`);
    }
});
