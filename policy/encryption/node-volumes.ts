import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const nodeVolumes = rule({
    name: "node-volumes-encrypted",
    description:
        "Root volumes of nodes are encrypted: images, logs and /data/work of jobs lie on them.",
    reference: fsbp("EC2.3"),
    fix: 'give the launch template a block device mapping with ebs.encrypted "true".',
    severity: "high",
}).checks(aws.ec2.LaunchTemplate, (template, { report, each, attempt }) => {
    const mappings = attempt(() => template.blockDeviceMappings, []);
    if (mappings === undefined) {
        report("no block device mapping says that the root volume is encrypted");
    }
    each(mappings, ({ deviceName, ebs }) => {
        if (ebs?.encrypted !== "true") {
            report(`the volume ${deviceName ?? ""} is not encrypted`);
        }
    });
});
