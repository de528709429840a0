import { fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import Table from "cli-table3";
import type { Measurement } from "./evaluate-once";

/**
 * `npm run bench`: how much longer the program of each stack takes than an empty one that imports the same SDKs, and
 * how large the stacks are. Each run is a process of its own, as it is under the Pulumi engine, from its start to the
 * last resource. Programs take turns, so that a slow moment of the machine meets all of them, and the fastest of
 * several runs counts; ratios compare across machines, times do not, so only ratios and counts are printed.
 */
const ROUNDS = 5;

const PROJECT = path.resolve(__dirname, "../..");
const EMPTY = { directory: path.join(__dirname, "empty-program"), stack: "empty" };
const STACKS = ["local", "dev", "prod"].map((stack) => ({ directory: PROJECT, stack }));

type Program = typeof EMPTY;

async function measure({ directory, stack }: Program): Promise<Measurement> {
    const child = fork(path.join(__dirname, "evaluate-once.ts"), [directory, stack], {
        execArgv: ["--import", "tsx"],
        stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let complaints = "";
    child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const failed = once(child, "close").then(() => {
        throw new Error(`Stack ${stack} could not be evaluated.\n${complaints}`);
    });
    const [measurement] = (await Promise.race([once(child, "message"), failed])) as [Measurement];
    await failed.catch(() => undefined);
    return measurement;
}

async function main(): Promise<void> {
    const programs = [EMPTY, ...STACKS];
    const fastest = new Map<Program, Measurement>();
    for (let round = 0; round < ROUNDS; round++) {
        for (const program of programs) {
            const measured = await measure(program);
            const best = fastest.get(program);
            if (!best || measured.milliseconds < best.milliseconds) {
                fastest.set(program, measured);
            }
        }
    }
    const empty = fastest.get(EMPTY)?.milliseconds ?? NaN;
    const head = ["Stack", "Resources", "Longest chain", "Time, of an empty program's"];
    const table = new Table({ head, style: { head: [], border: [], compact: true } });
    for (const program of STACKS) {
        const { milliseconds = NaN, resources = 0, longestChain = 0 } = fastest.get(program) ?? {};
        const ratio = (milliseconds / empty).toFixed(2);
        table.push([program.stack, resources, longestChain, `${ratio} times`]);
    }
    console.log(table.toString());
}

main().catch((failure: unknown) => {
    console.error(failure);
    process.exitCode = 1;
});
