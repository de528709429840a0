import { HTMLString } from "@viz-js/viz";
import { KINDS } from "./appearance";
import { Workload, WorkloadKind } from "./model";

const CELL = 'border="1" color="#8a94a0"';

/** A table of the workloads of one part: name, pods and Celery processes, in the colour of each one's kind. */
export function partLabel(part: string, workloads: readonly Workload[]): HTMLString {
    const rows = workloads.map(
        (workload, index) =>
            `<tr><td port="${port(index)}" align="left" ${fill(workload.kind)} ${CELL}>${escape(workload.name)}</td>` +
            `<td align="right" ${fill(workload.kind)} ${CELL}>${escape(size(workload))}</td></tr>`,
    );
    const heading = `<tr><td colspan="2" border="0"><b>${escape(part)}</b></td></tr>`;
    return table([heading, ...rows]);
}

/** Of the row of the workload at `index` in a part's table. */
export function port(index: number): string {
    return `row${index}`;
}

/** A box of one colour; the title, where there is one, is bold. */
export function boxLabel(
    kind: keyof typeof KINDS,
    title: string | undefined,
    details: readonly string[],
): HTMLString {
    const lines = [...bold(title), ...details.map(escape)];
    return table([
        `<tr><td ${fill(kind)} ${CELL} cellpadding="6">${lines.join("<br/>")}</td></tr>`,
    ]);
}

/** The title of a box around others, and what is to be known about it, left-aligned. */
export function clusterLabel(title: string, details: readonly string[]): HTMLString {
    const lines = [`<b>${escape(title)}</b>`, ...details.map(escape)];
    return { html: `${lines.join('<br align="left"/>')}<br align="left"/>` };
}

/** The title of the picture, and below it the kinds that it shows, each in its colour. */
export function titleLabel(title: string, kinds: readonly (keyof typeof KINDS)[]): HTMLString {
    const cells = kinds.map(
        (kind) => `<td ${fill(kind)} ${CELL}>${escape(KINDS[kind].label)}</td>`,
    );
    const heading = `<font point-size="20"><b>${escape(title)}</b></font>`;
    return table([
        `<tr><td colspan="${kinds.length}" border="0" cellpadding="10">${heading}</td></tr>`,
        `<tr>${cells.join("")}</tr>`,
        `<tr><td colspan="${kinds.length}" border="0"> </td></tr>`,
    ]);
}

function bold(title: string | undefined): string[] {
    return title === undefined ? [] : [`<b>${escape(title)}</b>`];
}

function size({ kind, pods, processes }: Workload): string {
    if (kind === "agent") {
        return "every node";
    }
    if (kind === "job") {
        return "once";
    }
    const inPods = pods === undefined ? "autoscaled" : `${pods} pod${pods === 1 ? "" : "s"}`;
    const celery = `${processes} process${processes === 1 ? "" : "es"}`;
    return processes > 0 ? `${celery} in ${inPods}` : inPods;
}

function table(rows: readonly string[]): HTMLString {
    return {
        html: `<table border="0" cellborder="1" cellspacing="0" cellpadding="4">${rows.join("")}</table>`,
    };
}

function fill(kind: WorkloadKind | keyof typeof KINDS): string {
    return `bgcolor="${KINDS[kind].color}"`;
}

function escape(text: string): string {
    return text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;");
}
