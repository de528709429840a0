import * as pulumi from "@pulumi/pulumi";
import { HysdsContext } from "../context";
import { hysdsProcess, podTemplate } from "../pod/template";
import { storesReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { SingletonRow } from "../catalog/workload-spec";
import { deployment } from "./deployment";

export interface HysdsSingletonArgs {
    readonly context: HysdsContext;
    readonly row: SingletonRow;
}

/**
 * A script of HySDS of which exactly one runs: one replica, and Recreate, so that the old pod ends before the new one
 * starts. It has no liveness probe: it gives no sign of life, and when it ends it is started again.
 */
export class HysdsSingleton extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsSingletonArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsSingleton", name, {}, opts);
        const { context, row } = args;
        const command = hysdsProcess(row, row.supervised ? SUPERVISORD : row.command);
        const extra = row.supervised
            ? supervised(this, context, row, {
                  name: row.name,
                  command: row.command,
                  processes: 1,
              })
            : undefined;
        const template = podTemplate(
            context,
            row,
            {
                command,
                resources: row.resources[context.settings.hysds.size],
                readiness: storesReady(row.ready.stores),
            },
            { placement: context.platform.servicePlacement, extra },
        );
        deployment(this, context, row, { replicas: 1, template, exactlyOne: true });
        this.registerOutputs();
    }
}
