import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const defaultSecurityGroup = rule({
    name: "default-security-group-closed",
    description:
        "The default security group of a VPC admits nothing: whatever is created without a group of its own lands in it.",
    reference: fsbp("EC2.2"),
    fix: "leave ingress and egress of the default security group empty.",
    severity: "medium",
}).checks(aws.ec2.DefaultSecurityGroup, (group, { report, part }) => {
    part(() => {
        if ((group.ingress?.length ?? 0) > 0) {
            report("the default security group has ingress rules");
        }
    });
    part(() => {
        if ((group.egress?.length ?? 0) > 0) {
            report("the default security group has egress rules");
        }
    });
});
