import * as pulumi from "@pulumi/pulumi";
import { HysdsPart, PartArgs } from "./component";

/** Verdi: the pools of job workers on the project's own queues. */
export class Verdi extends HysdsPart {
    constructor(name: string, args: PartArgs, opts?: pulumi.ComponentResourceOptions) {
        super("verdi", "Verdi", name, args, opts);
        this.registerOutputs();
    }
}
