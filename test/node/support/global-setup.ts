import type { TestProject } from "vitest/node";
import { ensureToolchain } from "../../../workshop/engine/toolchain";
import { ensureNodePrerequisites } from "./prerequisites";

/** Makes the engine ready for the tests on a real node; each of them starts the node and the stack that it needs. */
export default async function setup(project: TestProject): Promise<void> {
    await ensureNodePrerequisites(console.log);
    const toolchain = await ensureToolchain({ onProgress: console.log });
    project.provide("engineEnv", toolchain.env);
    project.provide("pulumiRoot", toolchain.pulumiRoot);
}
