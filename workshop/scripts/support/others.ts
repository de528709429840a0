import type { Holder } from "../../engine/installation/lock";
import { end } from "../../engine/processes";

/** What `npm start` may take to cancel its update in good order. */
const INTERRUPT_GRACE_MS = 30_000;

const NPM_STOP = "npm run stop";

function tell({ command, pid, since }: Holder, what: string): void {
    console.log(`${command} runs since ${since} (process ${pid}): ${what}`);
}

/** Says for which other command this one waits. */
export function waitForOther(other: Holder): void {
    tell(other, "waiting for its end");
}

/** Ends the other command, unless it is one that ends everything itself. */
export async function interruptOther(other: Holder): Promise<void> {
    if (other.command === NPM_STOP) {
        waitForOther(other);
    } else {
        tell(other, "interrupting it");
        await end(other, INTERRUPT_GRACE_MS);
    }
}
