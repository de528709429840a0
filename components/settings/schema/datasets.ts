import { z } from "zod";
import { isPythonPattern } from "../python-pattern";
import { key } from "./key";

const text = z.string().min(1).meta({ allowed: "text that is not empty" });

const patternWords = "a regular expression of Python, with groups named (?P<name>…)";

const pattern = z.string().min(1).refine(isPythonPattern).meta({
    allowed: patternWords,
    example: "/(?P<id>S1-GUNW-.+)$",
});

/**
 * Schemes of HySDS's storage library, osaka. A user name in the URL would be a credential in plain configuration, and in
 * every log that names the dataset. https://github.com/hysds/osaka/tree/develop/osaka/storage
 */
const location = z
    .string()
    .regex(
        /^(s3s?|gs|azures?|davs?|https?|ftp|sftp):\/\/[^\s/@]+\/\S*[^\s/]$|^file:\/\/\/\S*[^\s/]$/,
    )
    .meta({
        allowed:
            "a URL without user, password or slash at the end: s3, gs, azure, davs, https, ftp, sftp or file://",
        example:
            "s3://s3.us-west-2.amazonaws.com:80/my-project-datasets/products/{type}/{version}/{id}",
    });

const publication = {
    location,
    urls: z.array(text).meta({ allowed: "URLs", example: "https://data.example.org/{type}/{id}" }),
    "s3-profile-name": text.optional(),
    "s3-acl": text.optional(),
};

const dataset = z.strictObject({
    // HySDS takes the dataset's name from behind the slash: hysds/dataset_ingest.py.
    ipath: z
        .string()
        .regex(/^[^\s/]+\/\S+$/)
        .meta({
            allowed: "<project>::<group>/<dataset>",
            example: "my_project::data/S1-GUNW",
        }),
    version: text.optional(),
    level: text.default("NA"),
    type: text.meta({ allowed: "text that is not empty", example: "S1-GUNW" }),
    match_pattern: pattern,
    alt_match_pattern: pattern
        .nullable()
        .default(null)
        .meta({ allowed: `${patternWords}, or null` }),
    extractor: text
        .nullable()
        .default(null)
        .meta({ allowed: "the path of a program of the worker's image, or null" }),
    priority: z.int().min(0).max(9).optional(),
    // https://github.com/hysds/grq2/blob/develop/grq2/lib/dataset.py
    index: z
        .strictObject({ suffix: text.optional(), aliases: z.array(text).optional() })
        .optional(),
    publish: z.strictObject(publication).optional(),
    browse: z
        .strictObject({ ...publication, sort_order: z.array(pattern).nullable().optional() })
        .optional(),
});

/** Keys about what a dataset is. */
export const datasetKeys = {
    datasets: key(z.array(dataset), {
        group: "HySDS",
        default: [],
        description:
            "Types of datasets, as HySDS's datasets.json has them; the first whose match_pattern fits is a dataset's. Empty: where there is an object store off AWS, every dataset is published into its first bucket. See docs/datasets.md.",
        allowed: "entries of datasets.json, each with ipath, type and match_pattern",
    }),
};

export type DatasetSettings = Readonly<z.output<typeof dataset>>;
