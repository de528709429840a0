import { Properties, plainText } from "./fields";
import { lifecycle } from "./lifecycle";
import { Step } from "./step";

/**
 * One shard an index. HySDS's own templates ask for 8: with four indices a day kept for 104 days that is over 3000
 * shards, and a node holds 1000.
 * https://www.elastic.co/guide/en/elasticsearch/reference/7.10/modules-cluster.html#cluster-shard-limit
 */
export const sizing = {
    number_of_shards: 1,
    auto_expand_replicas: "0-1",
    refresh_interval: "5s",
};

/** Names are found by their parts, in any case. */
export const analysis = {
    analyzer: {
        default: { tokenizer: "keyword", filter: ["lowercase", "word_delimiter"] },
    },
};

/** Every string that has no mapping of its own: found by free text, and by its exact value as `field.keyword`. */
export const dynamicStrings = [
    {
        strings: {
            match: "*",
            match_mapping_type: "string",
            mapping: {
                type: "text",
                norms: false,
                copy_to: "text_fields",
                fields: { keyword: { type: "keyword", ignore_above: 256 } },
            },
        },
    },
];

/** Body of an index whose documents have any fields. */
export const stringsWithKeyword = {
    settings: { ...sizing, analysis },
    mappings: { dynamic_templates: dynamicStrings, properties: { text_fields: plainText } },
};

/**
 * Template of a daily status index, or of one index that is kept. All of them are in alias `job_status`, which the
 * HySDS UI reads; `…-current` of their own kind is what HySDS searches.
 */
export function statusTemplate(
    name: string,
    properties: Properties,
    { kept }: { readonly kept: boolean } = { kept: false },
): Step {
    const kind = kept ? "job_status" : name;
    return {
        kind: "template",
        name,
        ...(kept ? {} : { lifecycle: lifecycle.name }),
        body: {
            index_patterns: [kept ? name : `${name}-*`],
            priority: 100,
            template: {
                settings: { ...sizing, analysis },
                mappings: { properties },
                aliases: { job_status: {}, [kind]: {}, [`${kind}-current`]: {} },
            },
        },
    };
}

/** Template of a daily index of metrics; its mapping is the engine's own dynamic one. */
export function seriesTemplate(series: string): Step {
    return {
        kind: "template",
        name: series,
        body: {
            index_patterns: [`${series}-*`],
            priority: 100,
            template: { settings: sizing },
        },
    };
}
