import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { TestProject } from "vitest/node";
import { ControlPlane, startControlPlane } from "../../../workshop/engine/control-plane";
import { ensureToolchain } from "../../../workshop/engine/toolchain";
import { requirePrograms } from "./prerequisites";

declare module "vitest" {
    interface ProvidedContext {
        /** Environment in which the CLI finds its language host and its plugins. */
        engineEnv: Record<string, string>;
        /** Folder whose `bin/pulumi` is the CLI. */
        pulumiRoot: string;
        /** Kubeconfig of the API server under test. */
        kubeconfig: string;
    }
}

/**
 * Makes the engine ready and starts one API server for all end-to-end tests; KUBECONFIG, when set, names a cluster to
 * use instead. Takes down what it started.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
    requirePrograms();
    const toolchain = await ensureToolchain({ onProgress: console.log });
    project.provide("engineEnv", toolchain.env);
    project.provide("pulumiRoot", toolchain.pulumiRoot);

    const given = process.env.KUBECONFIG;
    if (given) {
        project.provide("kubeconfig", given);
        return () => Promise.resolve();
    }
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), "hysds-control-plane-"));
    const controlPlane: ControlPlane = await startControlPlane({
        dir,
        toolchain,
        onProgress: console.log,
    });
    project.provide("kubeconfig", controlPlane.kubeconfigPath);
    return async () => {
        await controlPlane.stop();
        await fs.rm(dir, { recursive: true, force: true });
    };
}
