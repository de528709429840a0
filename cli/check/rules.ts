import { WorkerDescription } from "../../contract/workers";
import { Source, sourceOf } from "../search/documents";
import { paramsOf, specOf } from "./actions";
import { CheckFinding, isProblem, problem } from "./finding";
import { limitFindings, specFindingsOn } from "./job-spec";
import { Material, Part } from "./material";
import { unservedQueue } from "./queues";

/** What a rule says over its job type: hysds_commons/job_utils.py, resolve_mozart_job. */
const LIMITS = ["soft_time_limit", "time_limit", "disk_usage"];

/** Whether what a rule starts is there, and runs on the queue that the rule names. */
export function ruleFindings(
    { source: rule }: Part,
    known: Material,
    workers: readonly WorkerDescription[],
): readonly CheckFinding[] {
    const queue = String(rule.queue);
    const readers = workers.filter((worker) => worker.queue === queue);
    const action = known.actions.find(({ id }) => isNamed(id, String(rule.job_type)));
    const spec = action && specOf(action, known);
    const limits = Object.fromEntries(
        LIMITS.map((at) => [at, rule[at]]).filter(([, value]) => (value ?? null) !== null),
    ) as Source;
    const job = { ...spec?.source, ...limits };
    return [
        ...(readers.length === 0 ? [unservedQueue({ at: "queue", queue }, workers, true)] : []),
        ...(action === undefined ? [unknownAction(rule)] : missingArguments(rule, action)),
        ...limitFindings(limits),
        ...readers.flatMap((worker) => specFindingsOn(worker, job).filter(isProblem)),
    ];
}

/** Files of a repository have no version yet. */
function isNamed(id: string, wanted: string): boolean {
    return id === wanted || (!id.includes(":") && wanted.replace(/:[^:]*$/, "") === id);
}

/** HySDS gets the action by `job_type`: hysds_commons/job_utils.py, resolve_mozart_job. */
function unknownAction({ job_type: type }: Source): CheckFinding {
    return problem(
        "job_type",
        `${String(type)} is not here: whatever the rule is to start fails`,
        "the id of an action (hysds-io-NAME:VERSION) in job_type and workflow, or its hysds-io",
    );
}

/** hysds_commons/job_utils.py, get_inputs. */
function missingArguments({ kwargs }: Source, action: Part): readonly CheckFinding[] {
    const given = argumentsOf(kwargs);
    if (given === undefined) {
        const message = "HySDS can't read them: whatever the rule is to start fails";
        return [problem("kwargs", message, 'kwargs: the text of a JSON object, such as "{}"')];
    }
    return paramsOf(action.source)
        .filter(
            ({ name, from, value, default: standard, optional }) =>
                from === "submitter" &&
                value === undefined &&
                (standard ?? null) === null &&
                optional !== true &&
                (given[String(name)] ?? null) === null,
        )
        .map(({ name }) =>
            problem(
                "kwargs",
                `${action.id} wants ${String(name)}, and the rule does not give it: whatever it is to start fails`,
                `${String(name)} in kwargs, or a default in ${action.id}`,
            ),
        );
}

function argumentsOf(kwargs: unknown): Source | undefined {
    try {
        return sourceOf(JSON.parse(String(kwargs)));
    } catch {
        return undefined;
    }
}
