import { setTimeout as sleep } from "node:timers/promises";

import { elapsed } from "../../engine/progress";
import { choose, type Operation, OPERATIONS } from "./choice";
import type { Installation, Running } from "../../../test/e2e/support/installation";

/** How long each command took when nobody killed it, milliseconds. */
export type Durations = Record<Operation, number>;

/** Longer than a first start takes on a busy machine; whoever exceeds it hangs. */
const PATIENCE_MS = 15 * 60_000;

/** What became of one kill. */
export interface Outcome {
    /** What was killed, when, and what the next start said. */
    readonly story: string;
    /** Why it counts as not survived; absent when it does. */
    readonly fault?: string;
}

/** Runs a command to its end. */
async function finish(running: Running): Promise<number | NodeJS.Signals | "hangs"> {
    return Promise.race([running.ended, sleep(PATIENCE_MS, "hangs" as const, { ref: false })]);
}

/** Runs a command that nobody kills, and returns how long it took, milliseconds. */
export async function timed(installation: Installation, operation: Operation): Promise<number> {
    const began = Date.now();
    const running = installation.npm(...OPERATIONS[operation]);
    const status = await finish(running);
    if (status !== 0) {
        throw new Error(`npm ${OPERATIONS[operation].join(" ")}: ${status}\n${running.output()}`);
    }
    return Date.now() - began;
}

/** Stops the installation, and tells what is left of it. */
export async function stopped(installation: Installation): Promise<string | undefined> {
    await timed(installation, "stop");
    const left = installation.leftovers();
    return left.length > 0 ? `npm run stop left ${left.join(", ")}` : undefined;
}

/**
 * Kills one process, or all of a command's, at a random moment, and looks whether the next `npm start` works. Half of
 * the trials stop the installation afterwards and look for what is left; the others leave it to the next trial.
 */
export async function trial(
    installation: Installation,
    seed: number,
    durations: Durations,
): Promise<Outcome> {
    const { operation, fromNothing, moment, signal, pick } = choose(seed);
    const isUp = installation.processes().length > 0;
    const prepared = await prepare(installation, fromNothing, isUp);
    // Where everything is up, a start has no more to do than an update.
    const pace = operation === "start" && !fromNothing ? "up" : operation;
    const started = Date.now();
    const command = installation.npm(...OPERATIONS[operation]);
    const inTime = await Promise.race([sleep(moment * durations[pace], true), command.ended]);
    const delay = Date.now() - started;
    if (inTime !== true) {
        // It was faster than the last time: the machine has less to do.
        durations[pace] = delay;
    }
    const killed = kill(installation, command, signal, pick);
    const what = `${operation}${fromNothing ? " from nothing" : ""}, after ${elapsed(delay)} ${signal} to ${killed}`;

    const began = Date.now();
    const restart = installation.npm(...OPERATIONS.start);
    const status = await finish(restart);
    const healed = restart.output().match(/^Healed: .*$/gm) ?? [];
    const story = `${what}; npm start in ${elapsed(Date.now() - began)}. ${healed.join(" ")}`;
    const fault =
        prepared ??
        (status === 0
            ? await installation.fault().catch((error: Error) => error.message)
            : `npm start: ${status}\n${command.output()}\n${restart.output()}`);
    const left = pick([true, false]) ? await stopped(installation) : undefined;
    return { story, fault: fault ?? left };
}

/** Brings about what a trial begins with; tells what a stop left on the way. */
async function prepare(
    installation: Installation,
    fromNothing: boolean,
    isUp: boolean,
): Promise<string | undefined> {
    if (fromNothing && isUp) {
        return stopped(installation);
    }
    if (!fromNothing && !isUp) {
        await timed(installation, "start");
    }
    return undefined;
}

/** Sends the signal to a process of a random kind, or to the command's whole group as Ctrl-C does. */
function kill(
    installation: Installation,
    command: Running,
    signal: NodeJS.Signals,
    pick: <T>(from: readonly T[]) => T | undefined,
): string {
    const running = installation.processes();
    const kind = pick(["group", ...new Set(running.map((each) => each.kind))].sort());
    const victim = pick(running.filter((each) => each.kind === kind));
    try {
        process.kill(victim?.pid ?? -(command.process.pid ?? 0), signal);
        return kind ?? "group";
    } catch {
        return `${kind}, which had ended`;
    }
}
