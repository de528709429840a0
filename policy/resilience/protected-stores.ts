import * as aws from "@pulumi/aws";
import { document } from "../references";
import { ResourceCheck, rule } from "../rule";
import { Settings, texts } from "../setting";

export const protectedStores = rule({
    name: "stores-protected",
    description:
        "Pulumi refuses to delete or replace what holds data: a renamed setting must not cost the indices of a mission.",
    reference: document(
        "Pulumi resource option protect",
        "https://www.pulumi.com/docs/iac/concepts/options/protect/",
    ),
    fix: "pulumi config set hysds:protect true.",
    severity: "high",
    enforcement: { dev: "disabled" },
    settings: {
        transientKeys: texts(
            "Ends of the names of KMS keys that encrypt nothing that is kept, such as messages on their way.",
            ["-alarms"],
        ),
    },
})
    .checks(aws.elasticache.ReplicationGroup, (_, context) => checkProtect(context))
    .checks(aws.mq.Broker, (_, context) => checkProtect(context))
    .checks(aws.opensearch.Domain, (_, context) => checkProtect(context))
    .checks(aws.elasticsearch.Domain, (_, context) => checkProtect(context))
    .checks(aws.kms.Key, (_, context) => {
        const { transientKeys } = context.settings;
        if (!transientKeys.some((end) => context.resource.name.endsWith(end))) {
            checkProtect(context);
        }
    });

function checkProtect({
    resource,
    report,
}: Pick<ResourceCheck<Settings>, "resource" | "report">): void {
    if (!resource.opts.protect) {
        report("the option protect is not set");
    }
}
