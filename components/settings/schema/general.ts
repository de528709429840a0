import { z } from "zod";
import { key } from "./key";

/** Keys about the stack as a whole. */
export const generalKeys = {
    environment: key(z.enum(["local", "dev", "prod"]), {
        group: "General",
        default: "dev",
        description:
            "Class of environment. Documentation and policy read it; every difference between environments is a setting of its own.",
    }),
    platform: key(z.enum(["aws", "existing"]), {
        group: "General",
        default: "aws",
        description:
            "Where HySDS runs: aws creates a VPC and an EKS cluster, existing uses the cluster of a kubeconfig.",
    }),
    namePrefix: key(z.string().regex(/^$|^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/), {
        group: "General",
        default: "",
        // An OpenSearch domain's name ends at 28 characters, and `-metrics` takes 8 of them.
        description: "Start of every physical name. Empty: hysds-<stack>.",
        allowed:
            "empty, or at most 20 lower-case letters, digits and hyphens, beginning with a letter",
        example: "hysds",
    }),
    protect: key(z.boolean(), {
        group: "General",
        default: true,
        description:
            "Refuse to delete the stores, and keep them when they leave the program. pulumi destroy needs false.",
    }),
    tags: key(
        z.record(
            z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/i),
            z.coerce.string().regex(/^[\w .:/=+@-]{0,256}$/),
        ),
        {
            group: "General",
            default: {},
            description: "AWS tags of every resource, beside the stack's own.",
            allowed:
                "names of 1 to 128 and values of 0 to 256 letters, digits, spaces and _.:/=+-@, not beginning with aws:",
            scope: "aws",
        },
    ),
    allowInternet: key(z.boolean(), {
        group: "General",
        default: false,
        description:
            "Accept ranges as wide as the Internet (0.0.0.0/0, ::/0, anything shorter than /8) in publicAccessCidrs and ingressAllowedCidrs.",
    }),
};
