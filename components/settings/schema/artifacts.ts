import { z } from "zod";
import { key } from "./key";

/** Keys about the bucket that Verdi pools read. */
export const artifactKeys = {
    artifactBucket: key(z.boolean(), {
        group: "HySDS",
        default: true,
        description:
            "Create an S3 bucket for what hysds-ops ships: bundles of code and configuration, and images of packages. Job workers read it. Only on AWS.",
    }),
    artifactVersionDays: key(z.int().min(1).max(3650), {
        group: "HySDS",
        default: 90,
        description: "How long that bucket keeps what was replaced or deleted, days.",
        scope: "aws",
    }),
};
