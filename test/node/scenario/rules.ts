import type { Source } from "../../../cli/search/documents";
import { scenarioAction, scenarioJob } from "../package/package";

/** Where the scenario's jobs run: one of the queues that every installation has. */
export const QUEUE = "factotum-job_worker-small";

/** A rule that submits a job of the package for each document that a query finds, as `hysds-ops rules import` takes it. */
export function rule(name: string, query: Source, job: string): Source {
    return {
        rule_name: name,
        workflow: scenarioAction(job),
        job_type: scenarioAction(job),
        job_spec: scenarioJob(job),
        query,
        query_string: JSON.stringify(query),
        kwargs: "{}",
        passthru_query: false,
        query_all: false,
        queue: QUEUE,
        priority: 0,
        enabled: true,
        username: "scenario",
        tags: [],
    };
}

/** What GRQ2 is asked for a job on demand for what a query finds. */
export function onDemand(tag: string, query: Source, job: string): Source {
    return {
        tags: tag,
        job_type: scenarioAction(job),
        hysds_io: scenarioAction(job),
        queue: QUEUE,
        priority: 0,
        query: JSON.stringify(query),
        kwargs: "{}",
    };
}
