import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./schema";

/** Where datasets are published off AWS. */
export type ObjectStoreSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "in-cluster";
          /** Volume, GiB. */
          readonly storageGiB: number;
      }
    | {
          readonly kind: "external";
          readonly region: string;
          /** `https://host`; S3 of the region when absent. */
          readonly endpoint?: string;
          /** Those of the nodes when absent. */
          readonly credentials?: {
              readonly accessKeyId: string;
              readonly secretAccessKey: pulumi.Output<string>;
          };
      };

/** The bucket of an in-cluster object store that nobody named one for. */
const DEFAULT_BUCKET = "datasets";

/** The object store that validated values amount to. */
export function objectStoreSettings(values: Values): ObjectStoreSettings {
    switch (values.objectStore) {
        case "none":
            return { kind: "none" };
        case "in-cluster":
            return { kind: "in-cluster", storageGiB: values.objectStoreStorageGiB };
        case "external":
            return {
                kind: "external",
                region: values.objectStoreRegion,
                endpoint:
                    values.objectStoreEndpoint === "" ? undefined : values.objectStoreEndpoint,
                credentials:
                    values.objectStoreAccessKeyId === ""
                        ? undefined
                        : {
                              accessKeyId: values.objectStoreAccessKeyId,
                              secretAccessKey: pulumi.secret(values.objectStoreSecretAccessKey),
                          },
            };
    }
}

/** Buckets that jobs publish into; an object store in the cluster has one at least. */
export function datasetBuckets({ objectStore, datasetBuckets: named }: Values): readonly string[] {
    return objectStore === "in-cluster" && named.length === 0 ? [DEFAULT_BUCKET] : named;
}
