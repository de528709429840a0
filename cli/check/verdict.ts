import { WorkerDescription } from "../../contract/workers";
import { Source } from "../search/documents";
import { CheckFinding, isProblem, warning } from "./finding";
import { filesFindingsOn, specFindings, specFindingsOn } from "./job-spec";
import { queuesOf, unservedQueue } from "./queues";

/** What of a document of a mission was found, and whether it works here. */
export interface Verdict {
    readonly kind: "job-spec" | "hysds-io" | "container" | "rule" | "file";
    /** What HySDS calls it, as far as that is known. */
    readonly id: string;
    /** The file that it is in, or the index. */
    readonly where: string;
    readonly runs: boolean;
    /** Of a job specification: queues whose workers can run it. */
    readonly queues: readonly string[];
    readonly findings: readonly CheckFinding[];
}

/** What is asked about one job specification. */
export interface SpecOnQueues {
    readonly runs: boolean;
    readonly queues: readonly string[];
    readonly findings: readonly CheckFinding[];
}

/**
 * Whether jobs of a specification run on these workers: on one at least of the queues that it names, or on any where it
 * names none. What the others lack are warnings then.
 */
export function judgeSpec(spec: Source, workers: readonly WorkerDescription[]): SpecOnQueues {
    const own = specFindings(spec);
    const named = queuesOf(spec);
    const served = named.filter(({ queue }) => workers.some((worker) => worker.queue === queue));
    const unserved = named
        .filter((each) => !served.includes(each))
        .map((each) => unservedQueue(each, workers, served.length === 0));
    const candidates =
        named.length === 0
            ? workers
            : workers.filter((worker) => served.some(({ queue }) => queue === worker.queue));
    const tried = candidates.map((worker) => ({
        worker,
        findings: specFindingsOn(worker, spec),
    }));
    const onNewPool =
        candidates.length > 0
            ? []
            : nearest(
                  workers.map((worker) => ({ worker, findings: filesFindingsOn(worker, spec) })),
              );
    const able = tried.filter(({ findings }) => !findings.some(isProblem));
    const fits = able.length > 0;
    // Of a job that may run anywhere, the queues that it does not suit are none of its business.
    const told = [...(named.length > 0 ? tried : nearest(fits ? able : tried)), ...onNewPool];
    const onWorkers = told.flatMap(({ findings }) => (fits ? findings.map(softened) : findings));
    const findings = unique([...own, ...unserved, ...onWorkers]);
    const isSound = !own.some(isProblem);
    return {
        runs: isSound && fits,
        queues: isSound ? able.map(({ worker }) => worker.queue) : [],
        findings,
    };
}

interface Tried {
    readonly worker: WorkerDescription;
    readonly findings: readonly CheckFinding[];
}

/** The workers that lack least. */
function nearest(tried: readonly Tried[]): readonly Tried[] {
    const lacks = ({ findings }: Tried) => [findings.filter(isProblem).length, findings.length];
    return [...tried]
        .sort((one, other) => {
            const [problems = 0, all = 0] = lacks(one);
            const [otherProblems = 0, otherAll = 0] = lacks(other);
            return problems - otherProblems || all - otherAll;
        })
        .slice(0, 1);
}

function softened(finding: CheckFinding): CheckFinding {
    return isProblem(finding) ? warning(finding.at, finding.message, finding.fix) : finding;
}

function unique(findings: readonly CheckFinding[]): readonly CheckFinding[] {
    const keys = findings.map(({ at, message }) => `${at} ${message}`);
    return findings.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
