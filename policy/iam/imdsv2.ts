import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

const settings = {
    hops: count("Most network hops to the metadata service; 1 keeps pods away from it.", 1),
};

export const imdsv2 = rule({
    name: "imdsv2-required",
    description:
        "Nodes serve instance metadata to IMDSv2 sessions within one hop: otherwise any pod that can be made to fetch a URL hands out the node's credentials.",
    reference: fsbp("EC2.170"),
    fix: 'set metadataOptions to { httpTokens: "required", httpPutResponseHopLimit: 1 }.',
    severity: "high",
    settings,
    enforcement: { dev: "remediate" },
})
    .checks(aws.ec2.LaunchTemplate, (template, { report, part, settings: { hops } }) => {
        const options = template.metadataOptions;
        part(() => {
            if (options?.httpTokens !== "required") {
                report("metadataOptions.httpTokens is not required");
            }
        });
        part(() => {
            const limit = options?.httpPutResponseHopLimit ?? 1;
            if (limit > hops) {
                report(`metadataOptions.httpPutResponseHopLimit is ${limit}`);
            }
        });
    })
    .remediates(aws.ec2.LaunchTemplate, (template, { hops }) => {
        const options = template.metadataOptions;
        const limit = options?.httpPutResponseHopLimit ?? 1;
        if (options?.httpTokens === "required" && limit <= hops) {
            return undefined;
        }
        template.metadataOptions = {
            ...options,
            httpEndpoint: options?.httpEndpoint ?? "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: hops,
        };
        return template;
    });
