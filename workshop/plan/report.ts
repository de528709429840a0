import Table from "cli-table3";
import { criticalPath } from "./critical-path";
import { Evaluation } from "./evaluation";
import { countByComponent, countByType, resourceTree } from "./tree";

/** What `npm run plan` prints: the resource tree, counts by type and component, and the longest dependency chain. */
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
    const chain = criticalPath(resources).map(
        ({ type, name }, index) => `${String(index + 1).padStart(3)}. ${type} ${name}`,
    );
    return [
        resourceTree(resources),
        `Resources of stack ${stack} by type`,
        types,
        `Resources of stack ${stack} by component`,
        components,
        `Longest chain of resources that must be created one after the other: ${chain.length}`,
        ...chain,
    ].join("\n");
}

function table(head: string[], rows: (string | number)[][]): string {
    const colAligns = head.map((title) => (title === "Resources" ? "right" : "left"));
    const style = { head: [], border: [], compact: true };
    const result = new Table({ head, colAligns, style });
    result.push(...rows);
    return result.toString();
}
