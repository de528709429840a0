import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { HysdsContext } from "../context";
import { hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { NodeAgentSpec } from "../catalog/workload-spec";
import { workloadOptions } from "./deployment";

export interface HysdsNodeAgentArgs {
    readonly context: HysdsContext;
    readonly spec: NodeAgentSpec;
}

/**
 * A script of HySDS that runs once on every node that runs jobs, as it did once on every VM. It ends when its store
 * goes away, so supervisord starts it again.
 */
export class HysdsNodeAgent extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsNodeAgentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsNodeAgent", name, {}, opts);
        const { context, spec } = args;
        new k8s.apps.v1.DaemonSet(
            spec.name,
            {
                metadata: {
                    name: spec.name,
                    namespace: context.namespaces.jobs.name,
                    labels: workloadLabels(spec.name, spec.component),
                },
                spec: {
                    revisionHistoryLimit: 3,
                    updateStrategy: {
                        type: "RollingUpdate",
                        rollingUpdate: { maxUnavailable: "25%" },
                    },
                    selector: { matchLabels: selectorLabels(spec.name, spec.component) },
                    template: agentTemplate(this, context, spec),
                },
            },
            { ...workloadOptions(this, context, spec), dependsOn: context.dependenciesOf(spec) },
        );
        this.registerOutputs();
    }
}

function agentTemplate(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: NodeAgentSpec,
): k8s.types.input.core.v1.PodTemplateSpec {
    const program = { name: spec.name, command: spec.command, processes: 1 };
    return podTemplate(
        context,
        spec,
        {
            command: hysdsProcess(spec, SUPERVISORD),
            resources: spec.resources[context.settings.hysds.size],
            fields: { NODE_NAME: "spec.nodeName" },
            readiness: storesReady(spec.ready.stores),
        },
        {
            placement: context.platform.jobAgentPlacement,
            extra: supervised(parent, context, spec, program),
        },
    );
}
