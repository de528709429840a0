/** Receives one finished line of progress, without a line break. */
export type OnProgress = (line: string) => void;

const HEARTBEAT_MS = 30_000;

/** Formats a duration the way progress lines show it: `8s`, `4m 05s`. */
export function elapsed(milliseconds: number): string {
    const seconds = Math.round(milliseconds / 1000);
    const minutes = Math.floor(seconds / 60);
    if (minutes === 0) {
        return `${seconds}s`;
    }
    return `${minutes}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/**
 * Runs `work` and reports `<label>` when it starts, `<label>, still working (…)` every 30 seconds,
 * and `<label>, done in …` at the end, so that a build of several minutes never looks hung.
 */
export async function withHeartbeat<T>(
    label: string,
    onProgress: OnProgress,
    work: () => Promise<T>,
): Promise<T> {
    const start = Date.now();
    onProgress(label);
    const timer = setInterval(
        () => onProgress(`${label}, still working (${elapsed(Date.now() - start)})`),
        HEARTBEAT_MS,
    );
    try {
        const result = await work();
        onProgress(`${label}, done in ${elapsed(Date.now() - start)}`);
        return result;
    } finally {
        clearInterval(timer);
    }
}
