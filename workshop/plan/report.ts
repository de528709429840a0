import Table from "cli-table3";
import { criticalPath } from "./critical-path";
import { minutesToCreate } from "./durations";
import { Evaluation } from "./evaluation";
import { countByComponent, countByType, resourceTree } from "./tree";

/** What `npm run plan` prints: the resource tree, counts by type and component, and what creating the stack takes. */
export function report({ resources, stack }: Evaluation): string {
    const types = table(
        ["Type", "Resources"],
        countByType(resources).map(({ type, count }) => [type, count]),
    );
    const components = table(
        ["Component", "Type", "Resources"],
        countByComponent(resources).map(({ component, type, depth, count }) => [
            "  ".repeat(depth) + component,
            type,
            count,
        ]),
    );
    return [
        resourceTree(resources),
        `Resources of stack ${stack} by type`,
        types,
        `Resources of stack ${stack} by component`,
        components,
        ...timeToCreate(resources),
    ].join("\n");
}

/** The chain of resources that takes longest, one after the other; what is beside it is there before. */
function timeToCreate(all: Evaluation["resources"]): string[] {
    const { resources, total } = criticalPath(all, minutesToCreate);
    const lines = resources.map((resource, index) => {
        const minutes = Math.round(minutesToCreate(resource));
        const time = minutes > 0 ? `${minutes} min` : "";
        return `${String(index + 1).padStart(3)}. ${time.padStart(6)}  ${resource.type} ${resource.name}`;
    });
    const most = Math.max(0, ...all.map(minutesToCreate).map(Math.round));
    return [
        `About ${Math.round(total)} minutes to create; the longest resource alone takes ${most}. One after the other:`,
        ...lines,
    ];
}

function table(head: string[], rows: (string | number)[][]): string {
    const colAligns = head.map((title) => (title === "Resources" ? "right" : "left"));
    const style = { head: [], border: [], compact: true };
    const result = new Table({ head, colAligns, style });
    result.push(...rows);
    return result.toString();
}
