import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { SUPERVISORD_DIRECTORY, SupervisedProgram, renderSupervisord } from "../configuration";
import { HysdsContext } from "../context";
import { namespaceRole } from "../namespaces";
import { SUPERVISORD_CONF } from "../pod/paths";
import { WorkloadSpec } from "../catalog/workload-spec";
import { Mounted, emptyDirectory, joined } from "../pod/volumes";

/** supervisord in the foreground; on SIGTERM it ends its programs and waits for them. */
export const SUPERVISORD = ["supervisord", "--nodaemon", `--configuration=${SUPERVISORD_CONF}`];

/** Seconds of a pod's grace that supervisord keeps for itself after its programs have ended. */
const OWN_SECONDS = 15;

/** supervisord's configuration for one program of a workload, mounted from an auto-named ConfigMap: it holds no secret. */
export function supervised(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkloadSpec,
    program: Omit<SupervisedProgram, "stopWaitSeconds">,
): Mounted {
    const namespace = context.namespaces[namespaceRole(spec)];
    const stopWaitSeconds = spec.graceSeconds - OWN_SECONDS;
    const configMap = new k8s.core.v1.ConfigMap(
        `${spec.name}-supervisord`,
        {
            metadata: {
                namespace: namespace.name,
                labels: workloadLabels(spec.name, spec.component),
            },
            immutable: true,
            data: { "supervisord.conf": renderSupervisord([{ ...program, stopWaitSeconds }]) },
        },
        inNamespace(parent, context.platform, namespace),
    );
    const configuration = {
        volumes: [{ name: "supervisord", configMap: { name: configMap.metadata.name } }],
        mounts: [
            {
                name: "supervisord",
                mountPath: SUPERVISORD_CONF,
                subPath: "supervisord.conf",
                readOnly: true,
            },
        ],
    };
    return joined([configuration, emptyDirectory(SUPERVISORD_DIRECTORY)]);
}
