import type { V1Deployment } from "@kubernetes/client-node";
import { evaluateStack } from "./evaluate";
import { Evaluation } from "./evaluation";
import { renderManifests } from "./manifests";
import { redact } from "./secret";

/** The Deployments of a stack as its settings make them, without engine and cluster; secrets are masked. */
export async function plannedDeployments(stack: string): Promise<readonly V1Deployment[]> {
    return deploymentsOf(await evaluateStack(stack));
}

/** Those of a stack that was evaluated. */
export function deploymentsOf(evaluation: Evaluation): readonly V1Deployment[] {
    return renderManifests(evaluation)
        .filter(({ kind }) => kind === "Deployment")
        .map(({ body }) => redact(body) as V1Deployment);
}
