import { groupNames } from "../python-pattern";
import { Finding, remove, Rule, rule, set } from "../rule";
import type { DatasetSettings } from "./datasets";

/** What HySDS fills in beside the groups of the patterns: hysds/recognize.py. */
const GIVEN = ["version", "level", "type", "dataset", "met"];
const GIVEN_IN_URLS = [...GIVEN, "hostname"];

/** The start of a field of Python's `str.format`: `{id}`, `{dataset[label]}`, `{met[date]:.10}`. */
const FIELD = /\{(\w*)[^{}]*\}/g;

/** Every text of a dataset that HySDS fills in, by its path, and whether it is a URL. */
function templates(dataset: DatasetSettings): readonly (readonly [string, string, boolean])[] {
    const { ipath, level, type } = dataset;
    const places = (["publish", "browse"] as const).flatMap((place) => {
        const { location, urls } = dataset[place] ?? { location: undefined, urls: [] };
        return [
            ...(location === undefined ? [] : [[`${place}.location`, location, true] as const]),
            ...urls.map((url, index) => [`${place}.urls[${index}]`, url, true] as const),
        ];
    });
    return [["ipath", ipath, false], ["level", level, false], ["type", type, false], ...places];
}

function unknownFields(dataset: DatasetSettings, at: string): readonly Finding[] {
    const groups = [dataset.match_pattern, dataset.alt_match_pattern ?? ""].flatMap(groupNames);
    return templates(dataset).flatMap(([path, text, isUrl]) => {
        const known = [...groups, ...(isUrl ? GIVEN_IN_URLS : GIVEN)];
        const fields = [...text.matchAll(FIELD)].map(([, name]) => name ?? "");
        const unknown = fields.filter((name) => !known.includes(name));
        return unknown.length === 0
            ? []
            : [
                  {
                      at: `${at}.${path}`,
                      reason: `it names ${unknown.map((name) => `{${name}}`).join(", ")}, which is no group of match_pattern or alt_match_pattern: HySDS would refuse every dataset of this type`,
                      allowed: known.map((name) => `{${name}}`).join(", "),
                      fixes: [fixOf(at, path, text, known)],
                  },
              ];
    });
}

/** The text without what nothing fills in; an element of a list, where nothing would be left of it, goes. */
function fixOf(at: string, path: string, text: string, known: readonly string[]) {
    const kept = text
        .replace(FIELD, (field, name: string) => (known.includes(name) ? field : ""))
        .replace(/(?<=[^:/])\/{2,}/g, "/")
        .replace(/\/+$/, "");
    return kept === "" ? remove(at) : set(`${at}.${path}`, kept);
}

/** Rules about the fields that HySDS fills in. */
export const fieldRules: readonly Rule[] = [
    rule("dataset-fields-are-known", ["datasets"], ({ datasets }) =>
        datasets.flatMap((dataset, index) => unknownFields(dataset, `datasets[${index}]`)),
    ),
];
