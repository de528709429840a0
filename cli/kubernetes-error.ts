import { ApiException, KubeConfig } from "@kubernetes/client-node";
import { oneLine, OperationsError } from "./errors";

/** The status of an answer of the Kubernetes API; undefined when there was none. */
export function statusOf(failure: unknown): number | undefined {
    return failure instanceof ApiException ? failure.code : undefined;
}

/**
 * What to tell of a failed request to the Kubernetes API, with what to do about it.
 *
 * @param doing what failed, such as `reading Secret hysds-operations`
 */
export function kubernetesError(
    failure: unknown,
    kubernetes: KubeConfig,
    doing: string,
): OperationsError {
    if (failure instanceof OperationsError) {
        return failure;
    }
    const cluster = kubernetes.getCurrentCluster()?.server ?? "no cluster";
    const options = { cause: failure };
    switch (statusOf(failure)) {
        case undefined:
            return new OperationsError(
                `the cluster at ${cluster} does not answer (${oneLine(failure)}): start it, or name another by --context`,
                options,
            );
        case 401:
            return new OperationsError(
                `the cluster at ${cluster} does not know you: renew your login, as by "aws sso login"`,
                options,
            );
        case 403:
            return new OperationsError(
                `${doing} is not allowed to you at ${cluster}: ask an administrator of the cluster for it`,
                options,
            );
        default:
            return new OperationsError(`${doing} failed: ${messageOf(failure)}`, options);
    }
}

function messageOf(failure: unknown): string {
    const body: unknown = failure instanceof ApiException ? failure.body : undefined;
    const status = typeof body === "string" ? parsed(body) : body;
    if (typeof status === "object" && status !== null && "message" in status) {
        return String(status.message);
    }
    return oneLine(failure);
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return { message: text };
    }
}
