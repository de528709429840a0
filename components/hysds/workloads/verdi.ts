import * as pulumi from "@pulumi/pulumi";
import { HysdsComponent, ComponentArgs } from "./component";

/** Verdi: the pools of job workers on the project's own queues. */
export class Verdi extends HysdsComponent {
    constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
        super("verdi", "Verdi", name, args, opts);
        this.registerOutputs();
    }
}
