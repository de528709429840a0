import { readFileSync } from "node:fs";
import { get } from "node:https";

import type { Readiness } from "./state";

const TIMEOUT_MS = 2000;

/** Whether the API server says that it is ready; false also when it does not answer within two seconds. */
export async function isReady(readiness: Readiness): Promise<boolean> {
    try {
        return (await statusOf(readiness, readFileSync(readiness.certificate))) === 200;
    } catch {
        // Nobody listens, or the API server has not finished writing its certificate.
        return false;
    }
}

function statusOf({ port, token }: Readiness, certificate: Buffer): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        const request = get(
            {
                host: "127.0.0.1",
                port,
                path: "/readyz",
                ca: certificate,
                headers: { authorization: `Bearer ${token}` },
                timeout: TIMEOUT_MS,
            },
            (response) => {
                response.resume();
                resolve(response.statusCode);
            },
        );
        request.on("timeout", () => request.destroy(new Error("timeout")));
        request.on("error", reject);
    });
}
