import pRetry from "p-retry";
import { OperationsError } from "./errors";

export interface PollingOptions {
    readonly everyMs: number;
    /** For ever without it. */
    readonly timeoutMs?: number;
    /** What to tell when it took too long. */
    readonly tooLong?: string;
    readonly signal?: AbortSignal;
}

class NotYet extends Error {}

/**
 * Asks until there is an answer.
 *
 * @param ask resolves to undefined as long as there is none
 * @throws OperationsError with `tooLong` when there was none in time; whatever `ask` throws; the reason of the signal,
 *     as soon as it is aborted
 */
export async function poll<Answer>(
    ask: () => Promise<Answer | undefined>,
    { everyMs, timeoutMs = Infinity, tooLong = "", signal }: PollingOptions,
): Promise<Answer> {
    const once = async (): Promise<Answer> => {
        const answer = await ask();
        if (answer === undefined) {
            throw new NotYet();
        }
        return answer;
    };
    try {
        return await pRetry(once, {
            retries: Math.ceil(timeoutMs / everyMs),
            maxRetryTime: timeoutMs,
            factor: 1,
            minTimeout: everyMs,
            maxTimeout: everyMs,
            signal,
            shouldRetry: ({ error }) => error instanceof NotYet,
        });
    } catch (failure) {
        throw failure instanceof NotYet ? new OperationsError(tooLong) : failure;
    }
}
