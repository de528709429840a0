import { z } from "zod";
import { key, optional } from "./key";
import * as patterns from "./patterns";

/** Keys about where datasets are published off AWS. On AWS that is S3, by the roles of the pods. */
export const objectStoreKeys = {
    objectStore: key(z.enum(["none", "in-cluster", "external"]), {
        group: "Object store",
        default: "none",
        description:
            "Where datasets are published on a cluster that is not the stack's own: nowhere, an S3-like server in the cluster, or S3 or its like elsewhere. See docs/datasets.md.",
        scope: "existing",
    }),
    objectStoreStorageGiB: key(z.int().min(1).max(65536), {
        group: "Object store",
        default: 20,
        description: "Volume of the in-cluster object store, GiB.",
        scope: "existing",
    }),
    objectStoreRegion: key(z.string().regex(patterns.region), {
        group: "Object store",
        default: "us-east-1",
        description:
            "AWS region of an external object store; the one that its requests are signed for.",
        allowed: "an AWS region, such as us-west-2 or us-gov-west-1",
        scope: "existing",
    }),
    objectStoreEndpoint: key(optional(/^https:\/\/[a-z0-9.-]+$/), {
        group: "Object store",
        default: "",
        description:
            "Address of an external object store that is not AWS's. Empty: S3 of objectStoreRegion.",
        allowed:
            "empty, or https:// and a host name, without port or path: HySDS reaches S3 at port 443 alone",
        example: "https://s3.example.org",
        scope: "existing",
    }),
    objectStoreAccessKeyId: key(optional(/^[\w+=,.@/-]{2,128}$/), {
        group: "Object store",
        default: "",
        description:
            "Access key of an external object store. Empty: job workers use what their nodes give them.",
        allowed: "empty, or 2 to 128 letters, digits and _+=,.@/-",
        scope: "existing",
    }),
    objectStoreSecretAccessKey: key(optional(/^[\w+=,.@/-]{8,128}$/), {
        group: "Object store",
        default: "",
        description: "Its secret; set it with --secret.",
        allowed: "empty, or 8 to 128 letters, digits and _+=,.@/-",
        scope: "existing",
        secret: true,
    }),
};
