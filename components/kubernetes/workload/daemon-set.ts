import * as k8s from "@pulumi/kubernetes";
import { selectorLabels } from "../../../contract/labels";
import { podTemplate } from "./pod";
import { admit, metadataOf, optionsOf, WorkloadArgs, WorkloadOptions } from "./workload";

/**
 * A DaemonSet, a quarter of whose pods at a time become new ones, with its NetworkPolicies.
 *
 * @param resourceName of the DaemonSet in the stack
 */
export function daemonSet(
    resourceName: string,
    args: WorkloadArgs,
    options: WorkloadOptions,
): k8s.apps.v1.DaemonSet {
    const { name, component } = args;
    admit(args, options);
    return new k8s.apps.v1.DaemonSet(
        resourceName,
        {
            metadata: metadataOf(args),
            spec: {
                revisionHistoryLimit: 3,
                updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
                selector: { matchLabels: selectorLabels(name, component) },
                template: podTemplate(name, component, args.pod),
            },
        },
        optionsOf(args, options),
    );
}
