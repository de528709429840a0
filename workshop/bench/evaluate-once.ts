import { criticalPath } from "../plan/critical-path";
import { evaluateProject } from "../plan/evaluate";

/** What one process tells of the one program it evaluated. */
export interface Measurement {
    /** From the start of the process to the end of the evaluation. */
    readonly milliseconds: number;
    readonly resources: number;
    /** Resources that must be created one after the other. */
    readonly longestChain: number;
}

const [directory = "", stack = ""] = process.argv.slice(2);

void evaluateProject(directory, stack).then(({ resources }) => {
    const measurement: Measurement = {
        milliseconds: performance.now(),
        resources: resources.length,
        longestChain: criticalPath(resources).length,
    };
    process.send?.(measurement);
});
