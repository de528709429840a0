import Table from "cli-table3";
import { MOST_NODES, Tuning, nodePrice } from "./pool";
import { Score, isOnParetoFront } from "./sweep";

/** Title of each column, and what it says of a score. */
const COLUMNS: readonly (readonly [string, (score: Score) => string])[] = [
    ["messages a process", ({ tuning }) => `${tuning.messagesPerProcess}`],
    ["stabilization, s", ({ tuning }) => `${tuning.stabilizationSeconds}`],
    ["node idle, min", ({ tuning }) => `${tuning.nodeIdleMinutes}`],
    ["polling, s", ({ tuning }) => `${tuning.pollingSeconds}`],
    ["cooldown, s", ({ tuning }) => `${tuning.cooldownSeconds}`],
    ["cost, $", ({ dollars }) => dollars.toFixed(2)],
    ["makespan, h", ({ makespan }) => (makespan / 3600).toFixed(2)],
    ["mean wait, min", ({ meanWait }) => (meanWait / 60).toFixed(1)],
    ["pods at work, %", ({ utilization }) => (100 * utilization).toFixed(0)],
    ["ended busy", ({ endedBusy }) => endedBusy.toFixed(0)],
];

/** Text of one table cell each, headings first; the chosen tuning is marked. */
function rows(scores: readonly Score[], chosen: Tuning, all: readonly Score[]): string[][] {
    return [
        [...COLUMNS.map(([title]) => title), ""],
        ...scores.map((score) => [
            ...COLUMNS.map(([, of]) => of(score)),
            score.tuning === chosen ? "chosen" : isOnParetoFront(score, all) ? "Pareto" : "",
        ]),
    ];
}

/** For a terminal. */
export function terminalTable(scores: readonly Score[], chosen: Score): string {
    const [head = [], ...body] = rows(scores, chosen.tuning, scores);
    const table = new Table({ head, style: { head: [], border: [], compact: true } });
    table.push(...body);
    return table.toString();
}

/** What lies on the Pareto front, and the chosen one, cheapest first, in Markdown. */
export function markdownTable(scores: readonly Score[], chosen: Score): string {
    const shown = scores
        .filter((one) => one === chosen || isOnParetoFront(one, scores))
        .sort((one, other) => one.dollars - other.dollars);
    const [head = [], ...body] = rows(shown, chosen.tuning, scores);
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const { dollars, asOf } = nodePrice();
    const fixed = (MOST_NODES * dollars * chosen.makespan) / 3600;
    const price =
        `A node costs ${dollars.toFixed(4)} dollars an hour, spot capacity by the price table of ${asOf}. ` +
        `To hold the ${MOST_NODES} nodes of all 200 workers until the last job has ended costs ${fixed.toFixed(2)} dollars.`;
    const rule = head.map((_, index) => (index < COLUMNS.length ? "--:" : "---"));
    return [line(head), line(rule), ...body.map(line), "", price].join("\n");
}
