import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { vpcs } from "../resources/network";
import { rule } from "../rule";

export const flowLogs = rule({
    name: "flow-logs",
    description:
        "Each VPC of the stack has a flow log: it alone shows which address a job talked to.",
    reference: fsbp("EC2.6"),
    fix: "add an aws.ec2.FlowLog for the VPC.",
    severity: "medium",
}).checksStack((resources, { report }) => {
    const networks = vpcs(resources).length;
    const logs = resources.filter(
        (resource) => resource.isType(aws.ec2.FlowLog) && "vpcId" in resource.props,
    ).length;
    if (logs < networks) {
        report(`the stack has ${networks} VPC and ${logs} flow logs`);
    }
});
