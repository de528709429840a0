import * as pulumi from "@pulumi/pulumi";
import { JobStatement } from "../settings/settings";

/**
 * Something that a workload may do outside the cluster, in words that every cloud has; each platform says it in its own:
 * `read-bucket`: list and read a bucket;
 * `use-buckets`: list, read, write and delete in buckets;
 * `keep-files`: read and write below a prefix of a bucket, and not delete;
 * `pull-images`: from a registry that asks who pulls, where the cloud has one;
 * `search`: read and write a search cluster by signed requests;
 * `scale-nodes`: change how many nodes the groups of the cluster have;
 * `as-written`: what the cloud's own statements say, as the stack's settings have them.
 */
export type Grant =
    | {
          readonly grant: "read-bucket";
          /** What is in it, one word, such as `Artifacts`. */
          readonly content: string;
          readonly bucket: pulumi.Input<string>;
      }
    | {
          readonly grant: "use-buckets";
          readonly content: string;
          readonly buckets: readonly string[];
          /** Keys that the buckets are encrypted with and whose owner lets their policy decide: on AWS their ARNs. */
          readonly keys: readonly string[];
      }
    | {
          readonly grant: "keep-files";
          /** What the cloud knows the bucket by: on AWS its ARN. */
          readonly bucketId: pulumi.Input<string>;
          readonly prefix: string;
      }
    | {
          readonly grant: "pull-images";
          /** Registry and path of the repositories, as image references begin. */
          readonly registry: string;
      }
    | {
          readonly grant: "search";
          /** What the cloud knows the cluster by: on AWS the ARN of a domain. */
          readonly clusterId: pulumi.Input<string>;
      }
    | { readonly grant: "scale-nodes"; readonly clusterName: string }
    | { readonly grant: "as-written"; readonly statements: readonly JobStatement[] };
