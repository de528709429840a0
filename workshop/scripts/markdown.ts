/** A text as it may stand in a cell of a Markdown table. */
export function cell(text: string): string {
    return text.replaceAll("|", "\\|").replace(/<[^>]*>/g, (tag) => `\`${tag}\``);
}

/**
 * A Markdown file with what is between its markers replaced; unchanged when it has no markers.
 *
 * @throws Error when one marker stands without the other
 */
export function between(
    markdown: string,
    markers: { readonly begin: string; readonly end: string },
    content: string,
): string {
    const begin = markdown.indexOf(markers.begin);
    const end = markdown.indexOf(markers.end);
    if (begin < 0 && end < 0) {
        return markdown;
    }
    if (begin < 0 || end < begin) {
        throw new Error(`${markers.begin} and ${markers.end} belong together, in this order`);
    }
    const before = markdown.slice(0, begin + markers.begin.length);
    return `${before}\n\n${content}\n\n${markdown.slice(end)}`;
}
