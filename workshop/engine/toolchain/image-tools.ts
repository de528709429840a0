import type { Tool } from "./catalog";

/** BuildKit of `workshop/engine/go/buildkit`. */
export const BUILDKIT_VERSION = "0.34.2";

/** go-containerregistry of `workshop/engine/go/registry`. */
export const REGISTRY_VERSION = "0.22.1";

/** Tools that build container images and serve them; a stack needs neither. */
export const IMAGE_TOOLS = ["buildkit", "registry"] as const;

export type ImageToolId = (typeof IMAGE_TOOLS)[number];

/**
 * BuildKit, and a registry that serves what it builds. They are not in the catalogue of a stack's tools: whoever needs
 * them gives this list to `ensureTools`. Both are built: BuildKit offers archives for Linux, but hosts that have one
 * seldom have the other, and the Go modules serve both.
 */
export function imageTools(): Tool[] {
    return [
        {
            id: "buildkit",
            title: `BuildKit v${BUILDKIT_VERSION}`,
            version: BUILDKIT_VERSION,
            binaries: ["buildkitd", "buildctl"],
            versionArgs: ["--version"],
            downloads: [],
            builds: ["buildkitd", "buildctl"].map((output) => ({
                module: "buildkit",
                package: `github.com/moby/buildkit/cmd/${output}`,
                output,
                variables: { "github.com/moby/buildkit/version.Version": `v${BUILDKIT_VERSION}` },
            })),
        },
        {
            id: "registry",
            title: `Container registry v${REGISTRY_VERSION}`,
            version: REGISTRY_VERSION,
            binaries: ["crane"],
            versionArgs: ["version"],
            downloads: [],
            builds: [
                {
                    module: "registry",
                    package: "github.com/google/go-containerregistry/cmd/crane",
                    output: "crane",
                    variables: {
                        "github.com/google/go-containerregistry/cmd/crane/cmd.Version":
                            REGISTRY_VERSION,
                    },
                },
            ],
        },
    ];
}
