import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";
import { texts } from "../setting";

export const administrator = rule({
    name: "no-administrator-role",
    description:
        "No role of the stack administers the account: a compromised pod or node would own everything in it.",
    reference: fsbp("IAM.1"),
    fix: "attach the managed policy of the one service that is needed, or write a policy of its actions.",
    severity: "critical",
    settings: {
        refusedPolicies: texts("Names of AWS managed policies that are refused.", [
            "AdministratorAccess",
            "PowerUserAccess",
            "IAMFullAccess",
            "AmazonEC2FullAccess",
            "AmazonS3FullAccess",
        ]),
    },
}).checks(aws.iam.RolePolicyAttachment, (attachment, { report, settings }) => {
    const name = String(attachment.policyArn).split("/").at(-1) ?? "";
    if (settings.refusedPolicies.includes(name)) {
        report(`the role has the managed policy ${name}`);
    }
});
