import { Writable } from "node:stream";
import { Exec, KubeConfig, V1Status } from "@kubernetes/client-node";
import { OperationsError } from "../errors";
import { whyRefused } from "./port-forward";

export interface ExecTarget {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
}

/** Longest run of a command, ms. */
const TIMEOUT_MS = 120_000;

/** What is needed of the WebSocket that a command runs through. */
interface WebSocketConnection {
    onclose: unknown;
    close(): void;
}

/**
 * Runs a command in a container to its end, as `kubectl exec` does.
 *
 * @throws OperationsError with the end of what it wrote to standard error, when it fails, cannot be run, or takes longer
 * than two minutes
 */
export async function execute(
    kubernetes: KubeConfig,
    target: ExecTarget,
    command: readonly string[],
): Promise<void> {
    try {
        await run(kubernetes, target, command);
    } catch (failure) {
        const { namespace, pod } = target;
        const why = whyRefused(failure);
        throw new OperationsError(`${command[0]} in ${namespace}/${pod} failed: ${why}`, {
            cause: failure,
        });
    }
}

async function run(
    kubernetes: KubeConfig,
    { namespace, pod, container }: ExecTarget,
    command: readonly string[],
): Promise<void> {
    const complaints = new Collected();
    let connection: WebSocketConnection | undefined;
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<V1Status>((resolve, reject) => {
        timer = setTimeout(() => {
            reject(new Error(`it did not end within ${TIMEOUT_MS / 1000} s`));
        }, TIMEOUT_MS);
        new Exec(kubernetes)
            .exec(namespace, pod, container, [...command], null, complaints, null, false, resolve)
            .then((opened) => {
                connection = opened;
                connection.onclose = () => reject(new Error("the connection broke"));
            }, reject);
    });
    try {
        const { status, message } = await ended;
        if (status !== "Success") {
            const last = complaints.text.trim().split("\n").at(-1);
            throw new Error(last ? last : message);
        }
    } finally {
        clearTimeout(timer);
        connection?.close();
    }
}

class Collected extends Writable {
    public text = "";

    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
        this.text += chunk.toString();
        done();
    }
}
