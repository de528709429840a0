import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { HysdsContext } from "../context";
import { hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { NodeAgentRow } from "../catalog/workload-spec";
import { rowOptions } from "./deployment";

export interface HysdsNodeAgentArgs {
    readonly context: HysdsContext;
    readonly row: NodeAgentRow;
}

/**
 * A script of HySDS that runs once on every node that runs jobs, as it did once on every VM. It ends when its store
 * goes away, so supervisord starts it again.
 */
export class HysdsNodeAgent extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsNodeAgentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsNodeAgent", name, {}, opts);
        const { context, row } = args;
        new k8s.apps.v1.DaemonSet(
            row.name,
            {
                metadata: {
                    name: row.name,
                    namespace: context.namespaces.jobs.name,
                    labels: workloadLabels(row.name, row.part),
                },
                spec: {
                    revisionHistoryLimit: 3,
                    updateStrategy: {
                        type: "RollingUpdate",
                        rollingUpdate: { maxUnavailable: "25%" },
                    },
                    selector: { matchLabels: selectorLabels(row.name, row.part) },
                    template: agentTemplate(this, context, row),
                },
            },
            { ...rowOptions(this, context, row), dependsOn: context.dependenciesOf(row) },
        );
        this.registerOutputs();
    }
}

function agentTemplate(
    parent: pulumi.Resource,
    context: HysdsContext,
    row: NodeAgentRow,
): k8s.types.input.core.v1.PodTemplateSpec {
    const program = { name: row.name, command: row.command, processes: 1 };
    return podTemplate(
        context,
        row,
        {
            command: hysdsProcess(row, SUPERVISORD),
            resources: row.resources[context.settings.hysds.size],
            fields: { NODE_NAME: "spec.nodeName" },
            readiness: storesReady(row.ready.stores),
        },
        {
            placement: context.platform.jobAgentPlacement,
            extra: supervised(parent, context, row, program),
        },
    );
}
