import { HYSDS_REPOSITORIES } from "../../components/images/repositories";
import { between } from "./markdown";

const MARKERS = { begin: "<!-- versions:begin -->", end: "<!-- versions:end -->" };

/** A Markdown file with the table of HySDS's repositories and the versions that were tried together. */
export function withVersionTable(markdown: string): string {
    const rows = Object.entries(HYSDS_REPOSITORIES).map(
        ([name, ref]) => `| \`${name}\` | ${ref} | \`${name.toUpperCase()}_REF\` |`,
    );
    const head = ["| repository | ref | variable of the bake file |", "| --- | --- | --- |"];
    return between(markdown, MARKERS, [...head, ...rows].join("\n"));
}
