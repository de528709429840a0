import type { Values } from "./schema";

/** Whether there is a bucket of artifacts that Verdi pools read. */
export type ArtifactSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "bucket";
          /** How long replaced and deleted objects are kept, days. */
          readonly versionDays: number;
      };

/** The bucket as the keys ask for it; there is none off AWS. */
export function artifactSettings(values: Values): ArtifactSettings {
    return values.platform === "aws" && values.artifactBucket
        ? { kind: "bucket", versionDays: values.artifactVersionDays }
        : { kind: "none" };
}
