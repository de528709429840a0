import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { isInternet } from "../resources/cidr";
import { ResourceCheck, rule } from "../rule";
import { texts } from "../setting";

type Ranges = readonly (string | undefined)[] | undefined;

const settings = {
    allowedCidrs: texts("Wide ranges that are accepted nonetheless.", []),
};

export const openSecurityGroup = rule({
    name: "security-group-closed-to-internet",
    description:
        "No security group admits the whole Internet: stores, nodes and endpoints are for the VPC.",
    reference: fsbp("EC2.18"),
    fix: "admit a security group (referencedSecurityGroupId) or a network of your own instead.",
    severity: "critical",
    settings,
})
    .checks(aws.vpc.SecurityGroupIngressRule, (ingress, context) => {
        checkRanges(() => [ingress.cidrIpv4], context);
        checkRanges(() => [ingress.cidrIpv6], context);
    })
    .checks(aws.ec2.SecurityGroupRule, (entry, context) => {
        if (entry.type === "ingress") {
            checkRanges(() => entry.cidrBlocks, context);
            checkRanges(() => entry.ipv6CidrBlocks, context);
        }
    })
    .checks(aws.ec2.SecurityGroup, (group, context) => {
        context.each(group.ingress, (ingress) => {
            checkRanges(() => ingress.cidrBlocks, context);
            checkRanges(() => ingress.ipv6CidrBlocks, context);
        });
    });

function checkRanges(ranges: () => Ranges, context: ResourceCheck<typeof settings>): void {
    context.each(context.attempt(ranges, []), (range) => {
        if (range && isInternet(range) && !context.settings.allowedCidrs.includes(range)) {
            context.report(`ingress admits ${range}`);
        }
    });
}
