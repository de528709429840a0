import * as patterns from "../schema/patterns";
import { Rule, rule, set } from "./rule";

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
];
