import { memoryBytes } from "../quantity";
import * as patterns from "../schema/patterns";
import { Rule, remove, repeated, rule, set } from "./rule";

const reservedNamespaces = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);
const namespaceKeys = ["namespace", "jobsNamespace", "storesNamespace"] as const;

/** Memory that a machine of 8 GiB has left for the in-cluster search containers, MiB. */
const smallSearchMemoryMiB = 3072;
/** Memory that it has left for one worker, MiB. */
const smallWorkerMiB = 2048;

/** Physical names begin with `hysds-<stack>` unless namePrefix says otherwise. */
export function namePrefix(values: { readonly namePrefix: string }, stack: string): string {
    return values.namePrefix === "" ? `hysds-${stack.toLowerCase()}` : values.namePrefix;
}

/** Rules about names and the stack as a whole. */
export const stackRules: readonly Rule[] = [
    rule("name-prefix-fits", ["namePrefix"], (values, { stack }) =>
        /^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/.test(namePrefix(values, stack))
            ? []
            : [
                  {
                      at: "namePrefix",
                      reason: `hysds-${stack.toLowerCase()} does not do as the start of AWS names`,
                      allowed:
                          "at most 20 lower-case letters, digits and hyphens, beginning with a letter",
                      fixes: [set("namePrefix", shortPrefix(stack))],
                  },
              ],
    ),
    rule("venue-from-stack", ["venue"], (values, { stack }) =>
        values.venue !== "" || /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(stack)
            ? []
            : [
                  {
                      at: "venue",
                      reason: `the stack's name ${stack} does not do as a venue`,
                      allowed: "at most 63 letters, digits, _ and -",
                      fixes: [set("venue", shortPrefix(stack))],
                  },
              ],
    ),
    rule("region-is-set", ["platform"], ({ platform }, { region }) =>
        platform !== "aws" || (region !== undefined && patterns.region.test(region))
            ? []
            : [
                  {
                      at: "aws:region",
                      reason: "platform aws needs the region in the stack's configuration, so that it never depends on who runs pulumi",
                      allowed: "an AWS region, such as us-west-2 or us-gov-west-1",
                      fixes: [set("aws:region", "us-west-2")],
                  },
              ],
    ),
    rule("namespaces-differ", namespaceKeys, (values) =>
        repeated(namespaceKeys.map((key) => values[key])).flatMap((index) => {
            const key = namespaceKeys[index] ?? "namespace";
            const reason =
                "another namespace of HySDS has this name, and their security levels differ";
            return [{ at: key, reason, fixes: [set(key, `${values[key].slice(0, 50)}-${index}`)] }];
        }),
    ),
    rule("namespaces-are-free", namespaceKeys, (values) =>
        namespaceKeys
            .filter((key) => reservedNamespaces.has(values[key]))
            .map((key) => ({
                at: key,
                reason: "this namespace is Kubernetes' own",
                allowed: "a namespace of HySDS's own",
                fixes: [remove(key)],
            })),
    ),
    rule("managed-needs-aws", ["platform", "backends"], ({ platform, backends }) =>
        platform === "aws" || backends === "in-cluster"
            ? []
            : [
                  {
                      at: "backends",
                      reason: "ElastiCache, Amazon MQ and OpenSearch Service need the VPC of platform aws",
                      allowed: "in-cluster",
                      fixes: [set("backends", "in-cluster")],
                  },
              ],
    ),
    rule("kubeconfig-content-is-secret", ["kubeconfig"], ({ kubeconfig }, { secretKeys }) =>
        !kubeconfig.includes("\n") || secretKeys.includes("hysds:kubeconfig")
            ? []
            : [
                  {
                      at: "kubeconfig",
                      reason: "the content of a kubeconfig holds credentials and must be a secret",
                      allowed: "a path, or content that is set with --secret",
                      fixes: [{ set: "kubeconfig", value: "kubeconfig.yaml", secret: true }],
                  },
              ],
    ),
    rule("small-search-fits", ["size", "backends", "searchMemoryMiB", "searchLayout"], (values) => {
        const clusters = values.searchLayout === "shared" ? 1 : 3;
        if (
            values.size !== "small" ||
            values.backends !== "in-cluster" ||
            clusters * values.searchMemoryMiB <= smallSearchMemoryMiB
        ) {
            return [];
        }
        const reason = `size small leaves ${smallSearchMemoryMiB} MiB for search, and this is ${clusters} of ${values.searchMemoryMiB} MiB`;
        return clusters === 1
            ? [{ at: "searchMemoryMiB", reason, fixes: [set("searchMemoryMiB", 2048)] }]
            : [{ at: "searchLayout", reason, fixes: [set("searchLayout", "shared")] }];
    }),
    rule("small-workers-fit", ["size", "backends", "workers"], (values) =>
        values.size === "small" && values.backends === "in-cluster"
            ? values.workers.flatMap(({ memory }, index) =>
                  (memoryBytes(memory) ?? 0) <= smallWorkerMiB * 2 ** 20
                      ? []
                      : [
                            {
                                at: `workers[${index}].memory`,
                                reason: "size small is meant for a machine of 8 GiB, most of which the services and stores take",
                                allowed: `at most ${smallWorkerMiB}Mi`,
                                fixes: [set(`workers[${index}].memory`, "1Gi")],
                            },
                        ],
              )
            : [],
    ),
];

function shortPrefix(stack: string): string {
    const letters = stack.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    return `hysds-${letters}`.slice(0, 20).replace(/-+$/, "");
}
