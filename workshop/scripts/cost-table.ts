import { CostEstimate } from "../../cost";
import { dollars, estimateStack } from "../plan/cost";
import { between, cell } from "./markdown";

/** Between these lines of a Markdown file the estimates are rendered. */
const markers = { begin: "<!-- cost:begin -->", end: "<!-- cost:end -->" } as const;
const stacks = ["dev", "prod"];

/** A Markdown file with the estimates of the stacks on AWS between its markers. */
export function withCostTable(markdown: string): string {
    const estimates = stacks.map(estimateStack).filter((estimate) => estimate !== undefined);
    return between(markdown, markers, costTable(estimates));
}

function costTable(estimates: readonly CostEstimate[]): string {
    const priced = estimates.map(({ items }) => items.filter(({ kind }) => kind === "priced"));
    const names = [...new Set(priced.flatMap((items) => items.map(({ name }) => name)))];
    const row = (...cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;
    const amounts = (name: string): string[] =>
        priced.map((items) => {
            const item = items.find((candidate) => candidate.name === name);
            return item ? dollars(item.low, item.high) : "";
        });
    return [
        row("US dollars a month", ...stacks),
        `| --- | ${stacks.map(() => "---:").join(" | ")} |`,
        ...names.map((name) => row(name, ...amounts(name))),
        row("**Total**", ...estimates.map(({ low, high }) => `**${dollars(low, high)}**`)),
        "",
        ...provenance(estimates),
    ].join("\n");
}

function provenance(estimates: readonly CostEstimate[]): string[] {
    const notes = [...new Set(estimates.flatMap((estimate) => estimate.notes))];
    return estimates
        .slice(0, 1)
        .map(({ region, pricesFrom, pricesTo }) =>
            [
                `List prices of ${region} from ${pricesFrom} to ${pricesTo}, each with its source in`,
                "[`cost/prices`](cost/prices), with the minimum and with the maximum",
                `nodes all month. ${notes.join(" ")}`,
            ].join(" "),
        );
}
