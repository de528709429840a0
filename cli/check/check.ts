import { WorkerDescription } from "../../contract/workers";
import { isProblem, problem } from "./finding";
import { imageFindings } from "./images";
import { Material, Part, UnreadableFile } from "./material";
import { judgeSpec, Verdict } from "./verdict";

/** Whether what a mission has would run on these workers, document by document. */
export function judge(material: Material, workers: readonly WorkerDescription[]): Verdict[] {
    return [
        ...material.jobSpecs.map(({ source, ...part }) => ({
            kind: "job-spec" as const,
            id: part.id,
            where: part.where,
            ...judgeSpec(source, workers),
        })),
        ...material.containers.map(judgeContainer),
        ...material.unreadable.map(unreadable),
    ];
}

function judgeContainer({ id, where, source }: Part): Verdict {
    const findings = imageFindings({ name: id, url: source.url }, { name: "id", url: "url" });
    return {
        kind: "container",
        id,
        where,
        runs: !findings.some(isProblem),
        queues: [],
        findings,
    };
}

function unreadable({ where, reason }: UnreadableFile): Verdict {
    const finding = problem("", `it can't be read: ${reason}`, "what is named in the file");
    return { kind: "file", id: where, where, runs: false, queues: [], findings: [finding] };
}
