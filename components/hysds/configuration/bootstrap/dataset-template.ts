import { all, date, object, opaque, plainKeyword, plainText, shape, text } from "./fields";
import { Step } from "./step";
import { analysis, dynamicStrings, sizing } from "./templates";

/**
 * Template of dataset indices, in alias `grq`. A legacy template, as HySDS's own: project packages add theirs on top,
 * and the engine ignores legacy templates wherever a composable one matches.
 */
export const datasetTemplate: Step = {
    kind: "legacy-template",
    name: "grq",
    body: {
        order: 0,
        index_patterns: ["grq_*"],
        settings: { ...sizing, analysis },
        mappings: {
            dynamic_templates: dynamicStrings,
            properties: {
                ...all(text, "browse_urls", "urls"),
                ...all(shape, "location", "center"),
                ...all(date, "starttime", "endtime", "creation_timestamp"),
                metadata: object({ context: opaque }),
                prov: object(all(plainKeyword, "wasDerivedFrom", "wasGeneratedBy")),
                text_fields: plainText,
            },
        },
        aliases: { grq: {} },
    },
};
