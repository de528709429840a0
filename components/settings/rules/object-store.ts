import { Key, schema, Values } from "../schema";
import { keyFacts } from "../schema/key";
import { Finding, Rule, remove, rule, set } from "./rule";

/** Rules hold off AWS alone: there, scope rules refuse every key about the object store. */
function storeRule(
    name: string,
    keys: readonly Key[],
    check: (values: Values) => readonly Finding[],
): Rule {
    return rule(name, [...keys, "platform", "objectStore"], (values) =>
        values.platform === "existing" ? check(values) : [],
    );
}

const EXTERNAL_KEYS = [
    "objectStoreRegion",
    "objectStoreEndpoint",
    "objectStoreAccessKeyId",
    "objectStoreSecretAccessKey",
] as const;

/** A key that means something with one kind of object store only. */
function belongsTo(kind: Values["objectStore"], key: Key): Rule {
    return storeRule(`${key}-with-${kind}`, [key], (values) =>
        values.objectStore === kind || values[key] === keyFacts.get(schema.shape[key])?.default
            ? []
            : [
                  {
                      at: key,
                      reason: `it means something with objectStore ${kind} only`,
                      fixes: [remove(key)],
                  },
              ],
    );
}

function halfOfACredential(values: Values): readonly Finding[] {
    const { objectStoreAccessKeyId: id, objectStoreSecretAccessKey: secret } = values;
    if ((id === "") === (secret === "")) {
        return [];
    }
    return id === ""
        ? [
              {
                  at: "objectStoreSecretAccessKey",
                  reason: "objectStoreAccessKeyId, which it belongs to, is not set",
                  fixes: [remove("objectStoreSecretAccessKey")],
              },
          ]
        : [
              {
                  at: "objectStoreAccessKeyId",
                  reason: "objectStoreSecretAccessKey, which belongs to it, is not set",
                  fixes: [remove("objectStoreAccessKeyId")],
              },
          ];
}

/** Rules about where datasets are published off AWS. */
export const objectStoreRules: readonly Rule[] = [
    belongsTo("in-cluster", "objectStoreStorageGiB"),
    ...EXTERNAL_KEYS.map((key) => belongsTo("external", key)),
    storeRule("dataset-buckets-are-somewhere", ["datasetBuckets"], (values) =>
        values.objectStore !== "none" || values.datasetBuckets.length === 0
            ? []
            : [
                  {
                      at: "datasetBuckets",
                      reason: "off AWS nothing says which object store these buckets are in",
                      allowed: "an object store in the cluster or elsewhere, or no bucket",
                      fixes: [set("objectStore", "in-cluster")],
                  },
              ],
    ),
    storeRule("external-store-has-a-bucket", ["datasetBuckets"], (values) =>
        values.objectStore === "external" && values.datasetBuckets.length === 0
            ? [
                  {
                      at: "datasetBuckets",
                      reason: "objectStore is external, and no bucket of it is named",
                      allowed: "at least one bucket",
                      fixes: [set("datasetBuckets[0]", "my-project-datasets")],
                  },
              ]
            : [],
    ),
    storeRule(
        "object-store-credential-is-whole",
        ["objectStoreAccessKeyId", "objectStoreSecretAccessKey"],
        (values) => (values.objectStore === "external" ? halfOfACredential(values) : []),
    ),
    rule(
        "object-store-secret-is-secret",
        ["objectStoreSecretAccessKey"],
        ({ objectStoreSecretAccessKey }, { secretKeys }) =>
            objectStoreSecretAccessKey === "" ||
            secretKeys.includes("hysds:objectStoreSecretAccessKey")
                ? []
                : [
                      {
                          at: "objectStoreSecretAccessKey",
                          reason: "it is a credential in plain text",
                          allowed: "a value that is set with --secret",
                          fixes: [
                              {
                                  set: "objectStoreSecretAccessKey",
                                  value: "secret-access-key.txt",
                                  secret: true,
                              },
                          ],
                      },
                  ],
    ),
];
