import * as patterns from "../schema/patterns";
import { keyFacts } from "../schema/key";
import { schema } from "../schema";
import { remove, Rule, rule, set } from "./rule";

const DEFAULT_DIRECTORY = keyFacts.get(schema.shape.imageReleaseDirectory)?.default;

/** Rules about building images. */
export const imageRules: readonly Rule[] = [
    rule(
        "image-build-pushes-to-ecr",
        ["platform", "imageBuild", "imageRegistry"],
        ({ platform, imageBuild, imageRegistry }, { region }) => {
            const registry = patterns.ecrRegistry.exec(imageRegistry)?.groups;
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
    rule("image-source-is-built", ["imageSource", "imageBuild"], ({ imageSource, imageBuild }) =>
        imageSource === "" || imageBuild === "ecr"
            ? []
            : [
                  {
                      at: "imageSource",
                      reason: "nothing is built from it with imageBuild none",
                      fixes: [remove("imageSource")],
                  },
              ],
    ),
    rule(
        "image-source-or-directory",
        ["imageSource", "imageReleaseDirectory"],
        ({ imageSource, imageReleaseDirectory }) =>
            imageSource === "" || imageReleaseDirectory === DEFAULT_DIRECTORY
                ? []
                : [
                      {
                          at: "imageReleaseDirectory",
                          reason: "imageSource goes before it",
                          fixes: [remove("imageReleaseDirectory")],
                      },
                  ],
    ),
    rule(
        "image-refs-have-a-source",
        ["imageSource", "imageSourceRefs"],
        ({ imageSource, imageSourceRefs }) =>
            imageSource !== "" || Object.keys(imageSourceRefs).length === 0
                ? []
                : [
                      {
                          at: "imageSourceRefs",
                          reason: "there is no imageSource whose refs they could be",
                          fixes: [remove("imageSourceRefs")],
                      },
                  ],
    ),
];
