import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { CapturedResource, Evaluation } from "../../../../workshop/plan/evaluation";
import { reveal } from "../../../../workshop/plan/secret";
import { evaluated } from "../../../support/evaluated";

/** Metrics of one namespace and set of dimensions, as documented. */
export interface MetricFacts {
    readonly namespace: string;
    readonly source: string;
    readonly dimensions: readonly string[];
    readonly metrics: readonly string[];
}

/** A metric as an alarm or a dashboard refers to it. */
export interface MetricReference {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
}

/** A file of facts beside the tests. */
export function facts<T>(file: string): T {
    return parse(fs.readFileSync(path.join(__dirname, file), "utf8")) as T;
}

const documented = facts<MetricFacts[]>("cloudwatch-metrics.yaml");

/** Whether AWS documents a metric under exactly these dimensions; the stack's own are those of its metric filters. */
export function isDocumented({ namespace, name, dimensions }: MetricReference): boolean {
    const names = Object.keys(dimensions).sort().join();
    return documented.some(
        (row) =>
            row.namespace === namespace &&
            row.metrics.includes(name) &&
            [...row.dimensions].sort().join() === names,
    );
}

/** Resources of a stack, secrets in plain. */
export class Stack {
    private constructor(private readonly evaluation: Evaluation) {}

    static async of(name: string, configuration: Record<string, string> = {}): Promise<Stack> {
        return new Stack(await evaluated(name, configuration));
    }

    get resources(): readonly CapturedResource[] {
        return this.evaluation.resources;
    }

    ofType(type: string): readonly { readonly name: string; readonly inputs: Inputs }[] {
        return this.evaluation.resources
            .filter((resource) => resource.type === type)
            .map(({ name, inputs }) => ({ name, inputs: reveal(inputs) as Inputs }));
    }

    one(type: string, name: string): Inputs {
        const found = this.ofType(type).find((resource) => resource.name === name);
        if (!found) {
            throw new Error(`${type} ${name} is not in the stack`);
        }
        return found.inputs;
    }
}

/** Inputs of any resource. */
export type Inputs = Readonly<Record<string, unknown>>;
