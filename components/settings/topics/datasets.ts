import { z } from "zod";
import { key, topicKeys } from "../key";
import { kmsKey, maxInlinePolicy, policyCharacters } from "../limits/iam";
import { bucketName } from "../limits/s3";
import { isPythonPattern } from "../python-pattern";
import { distinct, Finding, refuse, remove, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import type { Settings } from "../settings";
import { fieldRules } from "./dataset-fields";
import { ON_AWS } from "./general";
import { inPartition } from "./partition";

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

/** Keys about datasets: what they are, and the buckets that they are in. */
export const keys = topicKeys("HySDS", {
    datasetBuckets: key(z.array(z.string().regex(bucketName)), {
        default: [],
        description: "S3 buckets that jobs may read and write.",
        allowed: "S3 bucket names (not ARNs), each once",
        example: "my-project-datasets",
    }),
    datasetKeyArns: key(z.array(z.string().regex(kmsKey)), {
        default: [],
        description:
            "Customer managed KMS keys that the dataset buckets are encrypted with. Job workers may use them through S3.",
        allowed: "ARNs of KMS keys (not of aliases), each once",
        example: "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        requires: ON_AWS,
    }),
    datasets: key(z.array(dataset), {
        default: [],
        description:
            "Types of datasets, as HySDS's datasets.json has them; the first whose match_pattern fits is a dataset's. Empty: where there is an object store off AWS, every dataset is published into its first bucket. See docs/datasets.md.",
        allowed: "entries of datasets.json, each with ipath, type and match_pattern",
    }),
});

const EXAMPLE_BUCKET = "my-project-datasets";

function bucketsFit({ platform, datasetBuckets, datasetKeyArns }: Values): readonly Finding[] {
    const characters = policyCharacters(datasetBuckets, datasetKeyArns);
    return platform !== "aws" || characters <= maxInlinePolicy
        ? []
        : [
              {
                  at: "datasetBuckets",
                  reason: `the policy of job workers would have ${characters} characters, and AWS takes ${maxInlinePolicy}`,
                  allowed: "fewer buckets, or shorter names",
                  fixes: [remove("datasetBuckets")],
              },
          ];
}

/** Rules about datasets and their buckets. */
export const rules: readonly Rule[] = [
    distinct("datasetBuckets"),
    refuse(
        "dataset-buckets-are-somewhere",
        ["datasetBuckets", "platform", "objectStore"],
        ({ platform, objectStore, datasetBuckets }) =>
            platform === "existing" && objectStore === "none" && datasetBuckets.length > 0,
        {
            at: "datasetBuckets",
            reason: "off AWS nothing says which object store these buckets are in",
            allowed: "an object store in the cluster or elsewhere, or no bucket",
            fixes: [set("objectStore", "in-cluster")],
        },
    ),
    refuse(
        "external-store-has-a-bucket",
        ["datasetBuckets", "platform", "objectStore"],
        ({ platform, objectStore, datasetBuckets }) =>
            platform === "existing" && objectStore === "external" && datasetBuckets.length === 0,
        {
            at: "datasetBuckets",
            reason: "objectStore is external, and no bucket of it is named",
            allowed: "at least one bucket",
            fixes: [set("datasetBuckets[0]", EXAMPLE_BUCKET)],
        },
    ),
    rule(
        "dataset-buckets-fit-a-policy",
        ["datasetBuckets", "datasetKeyArns", "platform"],
        bucketsFit,
    ),
    distinct("datasetKeyArns"),
    refuse(
        "dataset-keys-are-of-buckets",
        ["datasetKeyArns", "datasetBuckets"],
        ({ datasetKeyArns, datasetBuckets }) =>
            datasetKeyArns.length > 0 && datasetBuckets.length === 0,
        {
            at: "datasetKeyArns",
            reason: "no bucket is named that the keys could encrypt",
            allowed: "keys of the buckets in datasetBuckets",
            fixes: [remove("datasetKeyArns")],
        },
    ),
    rule(
        "dataset-keys-are-of-the-partition",
        ["datasetKeyArns"],
        ({ datasetKeyArns }, { region }) =>
            datasetKeyArns.flatMap((arn, index) =>
                inPartition(`datasetKeyArns[${index}]`, arn, region),
            ),
    ),
    ...fieldRules,
];

/** One entry of datasets.json. */
export type DatasetSettings = Values["datasets"][number];

/** What is published, and the buckets that jobs read and write (names, not ARNs). */
export type PublicationSettings = Pick<Values, "datasets" | "datasetBuckets" | "datasetKeyArns">;

/** The bucket of an in-cluster object store that nobody named one for. */
const DEFAULT_BUCKET = "datasets";

/** Datasets as their keys have them; an object store in the cluster has one bucket at least. */
export function publicationSettings(values: Values): PublicationSettings {
    const { datasets, datasetKeyArns, datasetBuckets: named, objectStore } = values;
    const needsBucket = objectStore === "in-cluster" && named.length === 0;
    return { datasets, datasetKeyArns, datasetBuckets: needsBucket ? [DEFAULT_BUCKET] : named };
}

/** A file system that ends with the pod, unless someone mounts one that does not. */
export function advice({ hysds }: Settings): readonly string[] {
    return hysds.datasets.flatMap(({ publish, browse }, index) =>
        Object.entries({ publish, browse })
            .filter(([, place]) => place?.location.startsWith("file:"))
            .map(
                ([name]) =>
                    `hysds:datasets[${index}].${name}.location is a file of the job worker's own pod, and goes with it, unless its image or nodes mount a shared volume there: see docs/datasets.md`,
            ),
    );
}
