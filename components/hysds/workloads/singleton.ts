import * as pulumi from "@pulumi/pulumi";
import { HysdsContext } from "../context";
import { hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { SingletonSpec } from "../catalog/workload-spec";
import { deployment } from "./deployment";

export interface HysdsSingletonArgs {
    readonly context: HysdsContext;
    readonly spec: SingletonSpec;
}

/**
 * A script of HySDS of which exactly one runs: one replica, and Recreate, so that the old pod ends before the new one
 * starts. It has no liveness probe: it gives no sign of life, and when it ends it is started again.
 */
export class HysdsSingleton extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsSingletonArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsSingleton", name, {}, opts);
        const { context, spec } = args;
        const command = hysdsProcess(spec, spec.supervised ? SUPERVISORD : spec.command);
        const extra = spec.supervised
            ? supervised(this, context, spec, {
                  name: spec.name,
                  command: spec.command,
                  processes: 1,
              })
            : undefined;
        const template = podTemplate(
            context,
            spec,
            {
                command,
                resources: spec.resources[context.settings.hysds.size],
                readiness: storesReady(spec.ready.stores),
            },
            { placement: context.platform.servicePlacement, extra },
        );
        deployment(this, context, spec, { replicas: 1, template, exactlyOne: true });
        this.registerOutputs();
    }
}
