import * as k8s from "@pulumi/kubernetes";
import { fsbp } from "../references";
import { rule } from "../rule";

export const storageClass = rule({
    name: "storage-class-encrypted",
    description:
        "Volumes that the EBS CSI driver makes are encrypted, whatever the account's default: they hold the data of StatefulSets.",
    reference: fsbp("EC2.3"),
    fix: 'set parameters.encrypted to "true".',
    severity: "high",
}).checks(k8s.storage.v1.StorageClass, (storage, { report }) => {
    if (storage.provisioner === "ebs.csi.aws.com" && storage.parameters?.encrypted !== "true") {
        report("parameters.encrypted is not true");
    }
});
