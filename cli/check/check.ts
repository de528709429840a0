import { WorkerDescription } from "../../contract/workers";
import { actionFindings, pairFindings } from "./actions";
import { CheckFinding, isProblem, problem } from "./finding";
import { imageFindings } from "./images";
import { Material, Part, together, UnreadableFile } from "./material";
import { repeatedFindings } from "./repeated-keys";
import { ruleFindings } from "./rules";
import { judgeSpec, Verdict } from "./verdict";

/**
 * Whether what a mission has would run on these workers, document by document.
 *
 * @param known what there is beside, to which it may refer
 */
export function judge(
    material: Material,
    known: Material,
    workers: readonly WorkerDescription[],
): Verdict[] {
    const all = together([material, known]);
    return [
        ...material.jobSpecs.map((part) => judgeJobSpec(part, all, workers)),
        ...material.actions.map((part) =>
            verdict("hysds-io", part, [...actionFindings(part, all), ...repeatedFindings(part)]),
        ),
        ...material.containers.map((part) => verdict("container", part, containerFindings(part))),
        ...material.rules.map((part) => verdict("rule", part, ruleFindings(part, all, workers))),
        ...material.unreadable.map(unreadable),
    ];
}

function judgeJobSpec(part: Part, known: Material, workers: readonly WorkerDescription[]): Verdict {
    const { runs, queues, findings } = judgeSpec(part.source, workers);
    const ofPair = pairFindings(part, known);
    const isWhole = !ofPair.some(isProblem);
    const { id, where } = part;
    return {
        kind: "job-spec",
        id,
        where,
        runs: runs && isWhole,
        queues: isWhole ? queues : [],
        findings: [...findings, ...ofPair, ...repeatedFindings(part)],
    };
}

function containerFindings({ id, source }: Part): readonly CheckFinding[] {
    return imageFindings({ name: id, url: source.url }, { name: "id", url: "url" });
}

function verdict(
    kind: Verdict["kind"],
    { id, where }: Part,
    findings: readonly CheckFinding[],
): Verdict {
    return { kind, id, where, runs: !findings.some(isProblem), queues: [], findings };
}

function unreadable({ where, reason }: UnreadableFile): Verdict {
    const finding = problem("", `it can't be read: ${reason}`, "what is named in the file");
    return verdict("file", { id: where, where, source: {} }, [finding]);
}
