import Table from "cli-table3";

/** What a command answers: the same as a table for people and as JSON for programs. */
export interface Answer {
    /** What `--json` prints. */
    readonly json: unknown;
    /** What is printed without it: texts and tables, in order. */
    readonly sections: readonly (string | TableSection)[];
}

export interface TableSection {
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
}

/** The lines of a table without frames, columns as wide as they need. */
export function renderTable({ head, rows }: TableSection): string {
    const table = new Table({
        head: head.map((title) => title.toUpperCase()),
        chars: Object.fromEntries(FRAME.map((part) => [part, ""])),
        style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    });
    table.push(...rows.map((row) => row.map(String)));
    return table
        .toString()
        .split("\n")
        .map((line) => line.trimEnd())
        .join("\n");
}

const FRAME = [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
] as const;

/** The text of an answer, ending with a line break. */
export function renderAnswer(answer: Answer, json: boolean): string {
    if (json) {
        return `${JSON.stringify(answer.json, undefined, 2)}\n`;
    }
    const sections = answer.sections.map((section) =>
        typeof section === "string" ? section : renderTable(section),
    );
    return `${sections.join("\n\n")}\n`;
}
