import { ResultPromise } from "execa";

export type Process = ResultPromise<{ all: true; reject: false }>;

const START_TIMEOUT_MS = 120_000;

/** Resolves when the process has written this; rejects, with its output, when it ends before or takes too long. */
export function said(child: Process, words: string): Promise<void> {
    return new Promise((resolve, reject) => {
        let output = "";
        const fail = (why: string) => reject(new Error(`${child.spawnfile}: ${why}\n${output}`));
        const timer = setTimeout(() => fail(`nothing of "${words}"`), START_TIMEOUT_MS);
        child.all.on("data", (data: Buffer) => {
            output += data.toString();
            if (output.includes(words)) {
                clearTimeout(timer);
                resolve();
            }
        });
        void child.then(({ exitCode, originalMessage }) => {
            clearTimeout(timer);
            fail(`ended with ${exitCode ?? originalMessage}`);
        });
    });
}

/** Asks the process to end, and waits for it. */
export async function end(child: Process): Promise<void> {
    child.kill("SIGTERM");
    await child;
}
