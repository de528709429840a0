import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const longLivedKeys = rule({
    name: "no-long-lived-keys",
    description:
        "Workloads get AWS credentials from roles, which expire within hours: an access key of a user stays valid until somebody notices.",
    reference: fsbp("IAM.3"),
    fix: "give the workload a role of its ServiceAccount (Platform.identityFor).",
    severity: "critical",
})
    .checks(aws.iam.AccessKey, (_, { report }) => report("the stack creates an access key"))
    .checks(aws.iam.User, (_, { report }) => report("the stack creates an IAM user"));
