import { IMAGES, ImageList } from "../../components/kubernetes/images";
import { between, cell } from "./markdown";

const MARKERS = { begin: "<!-- images:begin -->", end: "<!-- images:end -->" };

/** A Markdown file with the table of upstream images, as images.yaml has them. */
export function withImageTable(markdown: string, images: ImageList = IMAGES): string {
    const rows = images.pins.map(
        ({ name, variant, reference }) =>
            `| \`${name}\` | ${cell(variant.join(" "))} | \`${reference}\` |`,
    );
    const head = ["| name | for | reference |", "| --- | --- | --- |"];
    return between(markdown, MARKERS, [...head, ...rows].join("\n"));
}
