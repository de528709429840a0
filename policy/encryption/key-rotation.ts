import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const keyRotation = rule({
    name: "key-rotation",
    description: "Symmetric KMS keys rotate yearly, which limits what one key's loss exposes.",
    reference: fsbp("KMS.4"),
    fix: "set enableKeyRotation to true.",
    severity: "medium",
}).checks(aws.kms.Key, (key, { report }) => {
    const spec = key.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
    if (spec === "SYMMETRIC_DEFAULT" && key.enableKeyRotation !== true) {
        report("enableKeyRotation is not true");
    }
});
