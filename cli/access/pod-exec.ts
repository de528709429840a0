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

/**
 * Runs a command in a container to its end, as `kubectl exec` does.
 *
 * @throws OperationsError with the end of what it wrote to standard error, when it fails, cannot be run, or takes longer
 * than two minutes
 */
export async function execute(
    kubernetes: KubeConfig,
    { namespace, pod, container }: ExecTarget,
    command: readonly string[],
): Promise<void> {
    const complaints = new Collected();
    const where = `in ${namespace}/${pod}`;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        const tooLong = `${command[0]} ${where} did not end within ${TIMEOUT_MS / 1000} s`;
        timer = setTimeout(() => reject(new OperationsError(tooLong)), TIMEOUT_MS);
    });
    try {
        const status = await Promise.race([
            late,
            new Promise<V1Status>((resolve, reject) => {
                new Exec(kubernetes)
                    .exec(
                        ...([namespace, pod, container] as const),
                        [...command],
                        new Collected(),
                        complaints,
                        null,
                        false,
                        resolve,
                    )
                    .then((connection) => {
                        connection.onclose = () => reject(new Error("the connection broke"));
                    }, reject);
            }),
        ]);
        if (status.status !== "Success") {
            throw new Error(complaints.text.trim().split("\n").at(-1) || status.message);
        }
    } catch (failure) {
        throw failure instanceof OperationsError
            ? failure
            : new OperationsError(`${command[0]} ${where} failed: ${whyRefused(failure)}`, {
                  cause: failure,
              });
    } finally {
        clearTimeout(timer);
    }
}

class Collected extends Writable {
    public text = "";

    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
        this.text += chunk.toString();
        done();
    }
}
