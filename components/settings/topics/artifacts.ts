import { z } from "zod";
import { key, topicKeys } from "../key";
import type { Values } from "../schema";
import { ON_AWS } from "./general";

/** Keys about the bucket that Verdi pools read. */
export const keys = topicKeys("HySDS", {
    artifactBucket: key(z.boolean(), {
        default: true,
        description:
            "Create an S3 bucket for what hysds-ops ships: bundles of code and configuration, and images of packages. Job workers read it. Only on AWS.",
        requires: ON_AWS,
    }),
    artifactVersionDays: key(z.int().min(1).max(3650), {
        default: 90,
        description: "How long that bucket keeps what was replaced or deleted, days.",
        requires: { ...ON_AWS, artifactBucket: true },
    }),
});

/** Whether there is a bucket of artifacts that Verdi pools read. */
export type ArtifactSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "bucket";
          /** How long replaced and deleted objects are kept, days. */
          readonly versionDays: number;
      };

/** The bucket as its keys have it; there is none off AWS. */
export function artifactSettings(values: Values): ArtifactSettings {
    return values.platform === "aws" && values.artifactBucket
        ? { kind: "bucket", versionDays: values.artifactVersionDays }
        : { kind: "none" };
}
