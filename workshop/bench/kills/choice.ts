import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Commands that are killed, as they are typed after `npm`. */
export const OPERATIONS = {
    start: ["start"],
    up: ["run", "pulumi", "--", "up", "--yes", "--skip-preview", "--stack", "local"],
    stop: ["run", "stop"],
} as const;

export type Operation = keyof typeof OPERATIONS;

/** SIGKILL as often as the other two together, since nothing can prepare for it. */
const SIGNALS = ["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"] as const;

/** `npm start` from nothing twice as often as the rest, as it does most. */
const SITUATIONS: readonly { operation: Operation; fromNothing: boolean }[] = [
    { operation: "start", fromNothing: true },
    { operation: "start", fromNothing: true },
    { operation: "start", fromNothing: false },
    { operation: "up", fromNothing: false },
    { operation: "stop", fromNothing: false },
];

/** All that is random in one trial. */
export interface Choice {
    readonly operation: Operation;
    /** Whether nothing is there when it begins; an installation that is up otherwise. */
    readonly fromNothing: boolean;
    /** When to kill, as a part of the time that the command takes. */
    readonly moment: number;
    readonly signal: NodeJS.Signals;
    /** One of those, each as likely as the others. */
    readonly pick: <T>(from: readonly T[]) => T | undefined;
}

/** What a seed stands for. The same seed gives the same trial, as far as the machine's own timing goes. */
export function choose(seed: number): Choice {
    const generator = xoroshiro128plus(mixed(seed));
    const pick = <T>(from: readonly T[]): T | undefined =>
        from[Math.floor(uniformFloat64(generator) * from.length)];
    const situation = pick(SITUATIONS);
    const signal = pick(SIGNALS);
    if (situation === undefined || signal === undefined) {
        throw new Error("there is nothing to choose from");
    }
    return { ...situation, signal, moment: uniformFloat64(generator), pick };
}

/** Seeds that follow each other begin the generator's numbers alike: all their trials would be of one situation. */
function mixed(seed: number): number {
    return createHash("sha256").update(String(seed)).digest().readInt32LE();
}
