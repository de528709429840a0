import * as pulumi from "@pulumi/pulumi";
import { daemonSet, PodArgs } from "../../kubernetes/workload";
import { HysdsContext } from "../context";
import { hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { NodeAgentSpec } from "../catalog/workload-spec";
import { placed } from "./deployment";

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
        daemonSet(
            spec.name,
            { ...placed(context, spec), pod: agentPod(this, context, spec) },
            { parent: this, dependsOn: context.dependenciesOf(spec) },
        );
        this.registerOutputs();
    }
}

function agentPod(parent: pulumi.Resource, context: HysdsContext, spec: NodeAgentSpec): PodArgs {
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
