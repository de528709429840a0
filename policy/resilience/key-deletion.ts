import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

export const keyDeletion = rule({
    name: "key-deletion-window",
    description:
        "A deleted KMS key can be called back for weeks: with it everything it encrypted is gone for good.",
    reference: fsbp("KMS.3"),
    fix: "set deletionWindowInDays to 30.",
    severity: "medium",
    settings: { minDays: count("Shortest waiting period, days.", 30) },
    values: { dev: { minDays: 7 } },
}).checks(aws.kms.Key, (key, { report, settings: { minDays } }) => {
    const days = key.deletionWindowInDays ?? 30;
    if (days < minDays) {
        report(`deletionWindowInDays is ${days}, less than ${minDays}`);
    }
});
