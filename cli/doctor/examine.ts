import { oneLine } from "../errors";
import { broker, queues } from "./broker-checks";
import { Check, CheckContext } from "./check";
import { apiServer, namespacesThere, permissions } from "./cluster-checks";
import { noOpJob, workers } from "./end-to-end-checks";
import { Finding, Findings } from "./finding";
import { workerFiles } from "./job-checks";
import { pods, relay, volumes } from "./pod-checks";
import { certificates, restApis } from "./service-checks";
import { definitions, owners, redis, search } from "./store-checks";

/** From the ground up: what a check needs is checked before it. */
export const CHECKS: readonly Check[] = [
    apiServer,
    permissions,
    namespacesThere,
    pods,
    volumes,
    relay,
    broker,
    redis,
    search,
    owners,
    definitions,
    restApis,
    certificates,
    queues,
    workers,
    workerFiles,
    noOpJob,
];

/**
 * Makes every check; one that fails is a problem by itself.
 *
 * @param onCheck told of each before it is made
 */
export async function examine(
    context: CheckContext,
    onCheck: (name: string) => void,
): Promise<Finding[]> {
    const all: Finding[] = [];
    for (const check of CHECKS) {
        onCheck(check.name);
        const findings = new Findings(check.name);
        try {
            await check.look(context, findings);
        } catch (failure) {
            findings.problem(oneLine(failure), check.fix);
        }
        all.push(...findings.all);
    }
    return all;
}
