import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const nodePublicAddress = rule({
    name: "nodes-without-public-address",
    description:
        "Nodes have no public addresses: jobs run code of users, and nothing from outside should reach their host.",
    reference: fsbp("EC2.25"),
    fix: "remove associatePublicIpAddress from the launch template's network interfaces.",
    severity: "high",
}).checks(aws.ec2.LaunchTemplate, (template, { report, each }) => {
    each(template.networkInterfaces, (card) => {
        if (card.associatePublicIpAddress === "true") {
            report("a network interface asks for a public address");
        }
    });
});
