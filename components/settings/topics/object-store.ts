import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { given, key, optional, topicKeys } from "../key";
import { region } from "../limits/ec2";
import { SET } from "../requires";
import { encrypted, Rule } from "../rule";
import type { Values } from "../schema";
import { ON_EXISTING } from "./general";

const IN_CLUSTER = { ...ON_EXISTING, objectStore: "in-cluster" } as const;
const EXTERNAL = { ...ON_EXISTING, objectStore: "external" } as const;

/** Keys about where datasets are published off AWS. On AWS that is S3, by the roles of the pods. */
export const keys = topicKeys("Object store", {
    objectStore: key(z.enum(["none", "in-cluster", "external"]), {
        default: "none",
        description:
            "Where datasets are published on a cluster that is not the stack's own: nowhere, an S3-like server in the cluster, or S3 or its like elsewhere. See docs/datasets.md.",
        requires: ON_EXISTING,
    }),
    objectStoreStorageGiB: key(z.int().min(1).max(65536), {
        default: 20,
        description: "Volume of the in-cluster object store, GiB.",
        requires: IN_CLUSTER,
    }),
    objectStoreRegion: key(z.string().regex(region), {
        default: "us-east-1",
        description:
            "AWS region of an external object store; the one that its requests are signed for.",
        allowed: "an AWS region, such as us-west-2 or us-gov-west-1",
        requires: EXTERNAL,
    }),
    objectStoreEndpoint: key(optional(/^https:\/\/[a-z0-9.-]+$/), {
        default: "",
        description:
            "Address of an external object store that is not AWS's. Empty: S3 of objectStoreRegion.",
        allowed:
            "empty, or https:// and a host name, without port or path: HySDS reaches S3 at port 443 alone",
        example: "https://s3.example.org",
        requires: EXTERNAL,
    }),
    objectStoreAccessKeyId: key(optional(/^[\w+=,.@/-]{2,128}$/), {
        default: "",
        description:
            "Access key of an external object store. Empty: job workers use what their nodes give them.",
        allowed: "empty, or 2 to 128 letters, digits and _+=,.@/-",
        requires: { ...EXTERNAL, objectStoreSecretAccessKey: SET },
    }),
    objectStoreSecretAccessKey: key(optional(/^[\w+=,.@/-]{8,128}$/), {
        default: "",
        description: "Its secret; set it with --secret.",
        allowed: "empty, or 8 to 128 letters, digits and _+=,.@/-",
        requires: { ...EXTERNAL, objectStoreAccessKeyId: SET },
        secret: true,
    }),
});

/** Rules about where datasets are published off AWS. */
export const rules: readonly Rule[] = [
    encrypted(
        "object-store-secret-is-secret",
        "objectStoreSecretAccessKey",
        "secret-access-key.txt",
    ),
];

/** Where datasets are published off AWS. */
export type ObjectStoreSettings =
    | { readonly kind: "none" }
    | { readonly kind: "in-cluster"; readonly storageGiB: number }
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

function externalStore(values: Values): ObjectStoreSettings {
    const { objectStoreAccessKeyId: accessKeyId, objectStoreSecretAccessKey: secret } = values;
    return {
        kind: "external",
        region: values.objectStoreRegion,
        endpoint: given(values.objectStoreEndpoint),
        credentials:
            accessKeyId === ""
                ? undefined
                : { accessKeyId, secretAccessKey: pulumi.secret(secret) },
    };
}

/** The object store as its keys have it. */
export function objectStoreSettings(values: Values): ObjectStoreSettings {
    switch (values.objectStore) {
        case "none":
            return { kind: "none" };
        case "in-cluster":
            return { kind: "in-cluster", storageGiB: values.objectStoreStorageGiB };
        case "external":
            return externalStore(values);
    }
}
