import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

export const logRetention = rule({
    name: "log-retention",
    description:
        "Logs are kept long enough to look into an incident that is found late, and not for ever.",
    reference: fsbp("CloudWatch.16"),
    fix: "raise hysds:logRetentionDays.",
    severity: "medium",
    settings: { minDays: count("Minimum number of days that logs are kept.", 365) },
    values: { dev: { minDays: 7 } },
}).checks(aws.cloudwatch.LogGroup, (group, { report, settings: { minDays } }) => {
    const days = group.retentionInDays ?? 0;
    if (days === 0) {
        report("retentionInDays is not set, so logs are kept and billed for ever");
    } else if (days < minDays) {
        report(`retentionInDays is ${days}, less than ${minDays}`);
    }
});
