import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { ApiException, KubeConfig } from "@kubernetes/client-node";

/** A container whose log is read. */
export interface LogSource {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
}

export interface PodLogOptions {
    readonly follow?: boolean;
    readonly sinceSeconds?: number;
    readonly tailLines?: number;
    /** Ends the stream. */
    readonly signal: AbortSignal;
}

/**
 * The log of a container as a stream. The client library has one too, which cannot be ended in the middle without an
 * error that nobody can catch.
 *
 * @throws ApiException with the status of a refusal
 */
export async function openPodLog(
    kubernetes: KubeConfig,
    { namespace, pod, container }: LogSource,
    { follow, sinceSeconds, tailLines, signal }: PodLogOptions,
): Promise<Readable> {
    const server = kubernetes.getCurrentCluster()?.server ?? "";
    const url = new URL(`${server}/api/v1/namespaces/${namespace}/pods/${pod}/log`);
    const query = { container, follow, sinceSeconds, tailLines };
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) {
            url.searchParams.set(name, String(value));
        }
    }
    const options: https.RequestOptions = {};
    await kubernetes.applyToHTTPSOptions(options);
    const answer = await responseTo(url, { ...options, signal });
    if (answer.statusCode !== 200) {
        throw new ApiException(answer.statusCode ?? 0, "log", await text(answer), {});
    }
    return answer;
}

function responseTo(url: URL, options: https.RequestOptions): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
        const { get } = url.protocol === "https:" ? https : http;
        get(url, options, resolve).on("error", reject);
    });
}
