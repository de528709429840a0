import { z } from "zod";
import { key, optional, topicKeys } from "../key";
import { region as regionName } from "../limits/ec2";
import { awsNamePrefix } from "../limits/physical-names";
import { maxStackTags } from "../limits/tags";
import { propertyPath } from "../problem";
import { Finding, remove, repeated, Rule, rule, RuleContext, set } from "../rule";
import type { Values } from "../schema";

/** Requirement of what means something where the stack makes its own cluster. */
export const ON_AWS = { platform: "aws" } as const;
/** Requirement of what means something on a cluster that is there. */
export const ON_EXISTING = { platform: "existing" } as const;

const namePrefix = /^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/;

/** Keys about the stack as a whole. */
export const keys = topicKeys("General", {
    environment: key(z.enum(["local", "dev", "prod"]), {
        default: "dev",
        description:
            "Class of environment. Documentation and policy read it; every difference between environments is a setting of its own.",
    }),
    platform: key(z.enum(["aws", "existing"]), {
        default: "aws",
        description:
            "Where HySDS runs: aws creates a VPC and an EKS cluster, existing uses the cluster of a kubeconfig.",
    }),
    namePrefix: key(optional(namePrefix), {
        default: "",
        description: "Start of every physical name. Empty: hysds-<stack>.",
        allowed:
            "empty, or at most 20 lower-case letters, digits and single hyphens, beginning with a letter",
        example: "hysds",
    }),
    protect: key(z.boolean(), {
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
            default: {},
            description: "AWS tags of every resource, beside the stack's own.",
            allowed:
                "names of 1 to 128 and values of 0 to 256 letters, digits, spaces and _.:/=+-@, not beginning with aws:",
            requires: ON_AWS,
        },
    ),
    allowInternet: key(z.boolean(), {
        default: false,
        description:
            "Accept ranges as wide as the Internet (0.0.0.0/0, ::/0, anything shorter than /8) in publicAccessCidrs and ingressAllowedCidrs.",
        requires: [
            { endpointPublicAccess: true },
            { ingress: ["load-balancer", "ingress"] },
            { mozartLoadBalancer: true },
        ],
    }),
});

/** Physical names begin with `hysds-<stack>` unless namePrefix says otherwise. */
function prefixOf(values: Values, stack: string): string {
    return values.namePrefix === "" ? `hysds-${stack.toLowerCase()}` : values.namePrefix;
}

/** A name of at most 20 lower-case letters, digits and hyphens that resembles the stack's. */
export function shortName(stack: string): string {
    const letters = stack.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    return `hysds-${letters}`.slice(0, 20).replace(/-+$/, "");
}

function prefixFits(values: Values, { stack }: RuleContext): readonly Finding[] {
    const prefix = prefixOf(values, stack);
    const pattern = values.platform === "aws" ? awsNamePrefix : namePrefix;
    return pattern.test(prefix)
        ? []
        : [
              {
                  at: "namePrefix",
                  reason: `${prefix} does not do as the start of AWS names`,
                  allowed:
                      "at most 20 lower-case letters, digits and single hyphens, beginning with a letter, and not with sg-, sthree- or amzn-s3-demo-",
                  fixes: [set("namePrefix", shortName(stack))],
              },
          ];
}

function tooManyTags(values: Values, { stack }: RuleContext): readonly Finding[] {
    const own = Object.keys(stackTags(values, stack));
    const room = maxStackTags - own.length;
    const names = Object.keys(values.tags).filter((name) => !own.includes(name));
    return names.slice(room).map((name) => ({
        at: propertyPath("tags", [name]),
        reason: "AWS takes 50 tags of a resource, and some are the stack's own",
        allowed: `at most ${room} tags`,
        fixes: [remove(propertyPath("tags", [name]))],
    }));
}

/** IAM tells names of tags apart by more than case. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
function sameButForCase(values: Values, { stack }: RuleContext): readonly Finding[] {
    const names = Object.keys({ ...stackTags(values, stack), ...values.tags });
    return repeated(names.map((name) => name.toLowerCase())).map((index) => {
        const path = propertyPath("tags", [names[index] ?? ""]);
        return {
            at: path,
            reason: "another tag has this name but for its case, and IAM takes them for one",
            fixes: [remove(path)],
        };
    });
}

/** Rules about the stack as a whole. */
export const rules: readonly Rule[] = [
    rule("name-prefix-fits", ["namePrefix", "platform"], prefixFits),
    rule("tags-are-few", ["tags", "environment"], tooManyTags),
    rule("tags-differ-in-more-than-case", ["tags", "environment"], sameButForCase),
    rule("roles-are-assumed-outside", ["platform"], ({ platform }, { assumedRoleKeys }) =>
        platform !== "aws"
            ? []
            : assumedRoleKeys.map((at) => ({
                  at,
                  reason: "the provider alone takes that role, which the cluster then belongs to, and the kubeconfig asks for a token without it",
                  allowed:
                      "credentials of the role in the environment, such as AWS_PROFILE of a profile with role_arn",
                  fixes: [remove(at)],
              })),
    ),
    rule("region-is-set", ["platform"], ({ platform }, { region }) =>
        platform !== "aws" || (region !== undefined && regionName.test(region))
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
];

/** What the stack is called, whose it is, and whether it can be deleted. */
export interface GeneralSettings extends Pick<Values, "environment" | "protect" | "tags"> {
    /** The Pulumi stack's name. */
    readonly stack: string;
    /** Start of every physical name, `hysds-<stack>`, at most 20 characters. */
    readonly namePrefix: string;
}

/** Which class of environment a stack is. Only documentation and policy read it: every difference is a setting. */
export type Environment = Values["environment"];

/** What the stack says of every AWS resource by itself. */
function stackTags({ environment }: Values, stack: string): Record<string, string> {
    return { Project: "hysds", Environment: environment, Stack: stack, ManagedBy: "pulumi" };
}

/** The stack as a whole, as its keys have it. */
export function generalSettings(values: Values, stack: string): GeneralSettings {
    const { environment, protect } = values;
    return {
        environment,
        stack,
        namePrefix: prefixOf(values, stack),
        protect,
        tags: { ...stackTags(values, stack), ...values.tags },
    };
}
