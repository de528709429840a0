import * as k8s from "@pulumi/kubernetes";
import { selectorLabels } from "../../../contract/labels";
import { podTemplate } from "./pod";
import { admit, metadataOf, optionsOf, WorkloadArgs, WorkloadOptions } from "./workload";

export interface StatefulSetArgs extends WorkloadArgs {
    /** The headless Service that governs it. */
    readonly serviceName: string;
    /** Its volume, named `data`, GiB. */
    readonly dataGiB: number;
    /** Protects it from deletion, and keeps it when it leaves the program. */
    readonly protect: boolean;
}

/**
 * A StatefulSet of one pod with one volume, whose claim outlives it, and its NetworkPolicies.
 *
 * @param resourceName of the StatefulSet in the stack
 */
export function statefulSet(
    resourceName: string,
    args: StatefulSetArgs,
    options: WorkloadOptions,
): k8s.apps.v1.StatefulSet {
    const { name, component, serviceName, dataGiB, platform, protect } = args;
    const pods = selectorLabels(name, component);
    admit(args, options);
    return new k8s.apps.v1.StatefulSet(
        resourceName,
        {
            metadata: metadataOf(args),
            spec: {
                replicas: 1,
                serviceName,
                selector: { matchLabels: pods },
                persistentVolumeClaimRetentionPolicy: {
                    whenDeleted: "Retain",
                    whenScaled: "Retain",
                },
                template: podTemplate(name, component, args.pod),
                volumeClaimTemplates: [
                    {
                        metadata: { name: "data", labels: pods },
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            storageClassName: platform.storageClass,
                            resources: { requests: { storage: `${dataGiB}Gi` } },
                        },
                    },
                ],
            },
        },
        { ...optionsOf(args, options), protect, retainOnDelete: protect },
    );
}
