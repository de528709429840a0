import { z } from "zod";
import { GitSource, HYSDS_REPOSITORIES, HysdsRepository } from "../../images/repositories";
import { key, optional, topicKeys } from "../key";
import { gitBaseUrl, gitRef } from "../limits/git";
import { ecrRegistry } from "../limits/images";
import { SET } from "../requires";
import { Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { ON_AWS } from "./general";

const BUILT = { ...ON_AWS, imageBuild: "ecr" } as const;

/** A Git ref for each repository, none of which must be given. */
const refs = Object.fromEntries(
    Object.keys(HYSDS_REPOSITORIES).map((name) => [name, z.string().regex(gitRef).optional()]),
) as Record<HysdsRepository, z.ZodOptional<z.ZodString>>;

/** Keys about building images. */
export const keys = topicKeys("Images", {
    imageBuild: key(z.enum(["none", "ecr"]), {
        default: "none",
        description:
            "Whether pulumi up builds the HySDS images and pushes them to ECR, or takes those that imageRegistry has.",
        requires: ON_AWS,
    }),
    imageReleaseDirectory: key(z.string().min(1), {
        default: "release",
        description: "Directory with HySDS's own code for imageBuild ecr; see docs/images.md.",
        allowed: "a path, relative to the project or absolute",
        requires: { ...BUILT, imageSource: "" },
    }),
    imageSource: key(optional(gitBaseUrl), {
        default: "",
        description:
            "Git base URL of HySDS's repositories for imageBuild ecr, instead of imageReleaseDirectory: what comes before /hysds.git.",
        allowed: "empty, or an https://, http:// or git:// URL without credentials",
        example: "https://git.example.org/hysds",
        requires: BUILT,
    }),
    imageSourceRefs: key(z.strictObject(refs), {
        default: {},
        description:
            "Branch, tag or commit of single repositories of imageSource; the others are at the versions that docs/images.md has tried together.",
        allowed: "repositories of HySDS, each with a Git ref",
        example: "v3.3.2",
        requires: { ...BUILT, imageSource: SET },
    }),
});

/** Rules about building images. */
export const rules: readonly Rule[] = [
    rule(
        "image-build-pushes-to-ecr",
        ["platform", "imageBuild", "imageRegistry"],
        ({ platform, imageBuild, imageRegistry }, { region }) => {
            const found = ecrRegistry(imageRegistry);
            const registry = found?.path === undefined ? undefined : found;
            if (platform !== "aws" || imageBuild !== "ecr" || registry?.region === region) {
                return [];
            }
            const reason = registry
                ? `it is in ${registry.region}, and imageBuild ecr makes repositories in ${region}`
                : "imageBuild ecr pushes to it, and it is no ECR registry with a path";
            const here = region ?? "us-west-2";
            const account = registry?.account ?? "123456789012";
            const path = registry?.path ?? "hysds";
            const host = `${account}.dkr.ecr.${here}.amazonaws.com${here.startsWith("cn-") ? ".cn" : ""}`;
            return [
                {
                    at: "imageRegistry",
                    reason,
                    allowed:
                        "<account>.dkr.ecr.<region>.amazonaws.com/<path>, in the stack's region",
                    fixes: [set("imageRegistry", `${host}/${path}`)],
                },
            ];
        },
    ),
];

/** Where HySDS's own code is: in a directory, as wheels and trees, or in Git repositories. */
export type ReleaseSource = { readonly directory: string } | GitSource;

/** What the stack builds its images from; undefined when it builds none. */
export function imageBuildSettings(
    values: Values,
): { readonly release: ReleaseSource } | undefined {
    const { imageSource: url, imageSourceRefs: refs, imageReleaseDirectory: directory } = values;
    return values.imageBuild === "none"
        ? undefined
        : { release: url === "" ? { directory } : { url, refs } };
}
