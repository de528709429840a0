import { parseDocument } from "yaml";
import { CheckFinding, warning } from "./finding";
import { Part } from "./material";

/** Keys that a text of JSON has twice in one object, each once; JSON is YAML, whose readers tell. */
export function repeatedKeys(json: string): readonly string[] {
    const { errors } = parseDocument(json, { uniqueKeys: true });
    const names = errors
        .filter(({ code }) => code === "DUPLICATE_KEY")
        .map(({ pos: [start] }) => /^"(?:[^"\\]|\\.)*"/.exec(json.slice(start))?.[0])
        .filter((name) => name !== undefined);
    return [...new Set(names)].map((name) => JSON.parse(name) as string);
}

/** What Python's reader, and so HySDS, drops without a word: https://docs.python.org/3/library/json.html */
export function repeatedFindings({ repeated = [] }: Part): readonly CheckFinding[] {
    return repeated.map((key) =>
        warning(
            key,
            "it is there twice, and the last one alone counts: what the other says is lost",
            `one ${key} with all of it`,
        ),
    );
}
