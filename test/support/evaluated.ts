import { evaluateStack } from "../../workshop/plan/evaluate";
import { Evaluation } from "../../workshop/plan/evaluation";
import { Overrides } from "../../workshop/plan/stack-configuration";

const evaluations = new Map<string, Promise<Evaluation>>();

/**
 * What a stack registers, evaluated once a worker for the same overrides: most tests look at the same few stacks, and
 * an evaluation costs more than their questions do. It is shared, so nobody may change it.
 */
export function evaluated(stack: string, overrides: Overrides = {}): Promise<Evaluation> {
    const key = JSON.stringify([stack, Object.entries(overrides).sort()]);
    const evaluation = evaluations.get(key) ?? evaluateStack(stack, overrides);
    evaluations.set(key, evaluation);
    return evaluation;
}
