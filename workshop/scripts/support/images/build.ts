import { existsSync } from "node:fs";
import * as path from "node:path";
import { NeededImages } from "./needed";
import { Programs } from "./programs";

const PROJECT = path.resolve(__dirname, "../../../..");

/** Whether HySDS's own code is named: by SOURCE or RELEASE, or as the directory that the bake file reads by default. */
export function hasRelease(env: NodeJS.ProcessEnv, project = PROJECT): boolean {
    return Boolean(env.SOURCE ?? env.RELEASE) || existsSync(path.join(project, "release"));
}

/**
 * Builds images into Docker's store, for one processor architecture. SOURCE, RELEASE and the refs of the environment
 * reach the bake file as they are.
 *
 * @throws EngineError when Docker is not there or the build fails
 */
export async function buildImages(
    programs: Programs,
    names: readonly string[],
    { registry, tag }: NeededImages,
    architecture: string,
): Promise<void> {
    const file = ["--file", "images/docker-bake.hcl"];
    const options = ["--load", "--set", `*.platform=linux/${architecture}`];
    await programs.show("docker", ["buildx", "bake", ...file, ...options, ...names], {
        cwd: PROJECT,
        env: { REGISTRY: registry, TAG: tag },
    });
}
