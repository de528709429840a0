import { document } from "../references";
import { ResourceClass, Rule, rule } from "../rule";
import { map } from "../setting";
import { taggable } from "./taggable";
import type { Resource } from "@pulumi/pulumi";

type Tags = Record<string, string>;
type Taggable = ResourceClass<Resource, { tags?: Tags }>;

const settings = {
    required: map("Tags that every resource has, with the values that remediation gives.", {
        Project: "hysds",
        Environment: "prod",
        ManagedBy: "pulumi",
    }),
};

/** Tags are the same wherever they are: the type of a resource does not matter. */
export const requiredTags = taggable.reduce<Rule<typeof settings>>(
    (tagged, resourceClass) =>
        tagged
            .checks(resourceClass as unknown as Taggable, (resource, { report, settings }) => {
                const missing = missingTags(resource.tags, settings.required);
                if (missing.length > 0) {
                    report(`the tags lack ${missing.join(", ")}`);
                }
            })
            .remediates(resourceClass as unknown as Taggable, (resource, { required }) => {
                const missing = missingTags(resource.tags, required);
                if (missing.length === 0) {
                    return undefined;
                }
                const given = missing.map((key) => [key, required[key] ?? ""]);
                resource.tags = { ...resource.tags, ...Object.fromEntries(given) } as Tags;
                return resource;
            }),
    rule({
        name: "required-tags",
        description:
            "AWS resources say what they are for: without tags nobody can tell which bill and which clean-up they belong to.",
        reference: document(
            "AWS tagging best practices",
            "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
        ),
        fix: "create the resource below a component of the platform or the backends, which tag what is in them.",
        severity: "low",
        settings,
        values: {
            local: { required: { Project: "hysds", Environment: "local", ManagedBy: "pulumi" } },
            dev: { required: { Project: "hysds", Environment: "dev", ManagedBy: "pulumi" } },
        },
        enforcement: { dev: "remediate" },
    }),
);

function missingTags(tags: Tags | undefined, required: Tags): readonly string[] {
    return Object.keys(required).filter((key) => !(key in (tags ?? {})));
}
