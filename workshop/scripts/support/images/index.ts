import { createInterface } from "node:readline/promises";
import { CoreV1Api, KubeConfig, V1Node } from "@kubernetes/client-node";
import { neededImages } from "./needed";
import { requireImages } from "./require-images";

/** The stack that `npm start` brings up. */
const STACK = "local";

export interface EnsureImagesArgs {
    readonly kubernetes: KubeConfig;
    readonly context: string;
    /** Folder with the stack's configuration. */
    readonly directory: string;
    /** Build and load what is missing without asking. */
    readonly build: boolean;
}

/**
 * Makes sure that a person's cluster has the images that no registry has, before pods wait for them.
 *
 * @throws EngineError with the command to type, when images are missing and stay so
 */
export async function ensureImages(args: EnsureImagesArgs): Promise<void> {
    const { kubernetes, context, directory, build } = args;
    const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
    await requireImages({
        context,
        build,
        needed: neededImages(directory, STACK),
        nodes: await nodesOf(kubernetes),
        env: process.env,
        onProgress: console.log,
        ...(isTerminal ? { ask: confirm } : {}),
    });
}

/** None where they may not be listed: whoever gave such a context knows where its images come from. */
async function nodesOf(kubernetes: KubeConfig): Promise<readonly V1Node[]> {
    try {
        return (await kubernetes.makeApiClient(CoreV1Api).listNode()).items;
    } catch {
        return [];
    }
}

async function confirm(question: string): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
        return /^(y|yes|)$/i.test((await terminal.question(`${question} [Y/n] `)).trim());
    } finally {
        terminal.close();
    }
}
