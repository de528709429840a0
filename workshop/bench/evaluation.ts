import * as path from "node:path";
import Table from "cli-table3";
import { Loader, Measurement, Program, PULUMI, run, TSX } from "./run";

/**
 * `npm run bench`: how much more CPU the program takes than an empty one that imports the same SDKs, and how large the
 * stacks are. It is loaded and run as `pulumi preview` does, in a process of its own, and beside that by tsx; a bare
 * program that registers as many ConfigMaps shows what of it is the SDK's. Programs take turns, so that a slow moment
 * of the machine meets all of them, and the best of several runs counts; ratios compare across machines, times do not,
 * so only ratios and counts are printed.
 */
const ROUNDS = 3;
const POOLS = [10, 100, 500];

const PROJECT = path.resolve(__dirname, "../..");
const EMPTY_PROGRAM = path.join(__dirname, "empty-program");

interface Subject {
    readonly name: string;
    readonly program: Program;
}

const SUBJECTS: readonly Subject[] = [
    ...["local", "dev", "prod"].map((stack) => ({
        name: stack,
        program: { directory: PROJECT, stack },
    })),
    ...POOLS.map((count) => ({
        name: `dev with ${count} pools`,
        program: { directory: PROJECT, stack: "dev", overrides: { workers: pools(count) } },
    })),
];

function pools(count: number): string {
    const names = Array.from({ length: count }, (_, index) => `pool-${index + 1}`);
    return JSON.stringify(names.map((name) => ({ name, queue: `${name}-queue` })));
}

function bare(resources: number): Program {
    return {
        directory: EMPTY_PROGRAM,
        stack: "empty",
        overrides: { resources: `${resources}` },
    };
}

/** The best of all runs of one program, by what it is called. */
class Best {
    private readonly measured = new Map<string, Measurement>();

    async measure(name: string, program: Program, loader: Loader): Promise<Measurement> {
        const latest = await run(program, loader);
        const best = this.measured.get(name) ?? latest;
        const better = latest.cpuSeconds < best.cpuSeconds ? latest : best;
        this.measured.set(name, better);
        return better;
    }

    of(name: string): Measurement {
        const measurement = this.measured.get(name);
        if (!measurement) {
            throw new Error(`${name} was not measured`);
        }
        return measurement;
    }
}

async function main(): Promise<void> {
    const best = new Best();
    for (let round = 0; round < ROUNDS; round++) {
        await best.measure("empty", bare(0), PULUMI);
        for (const { name, program } of SUBJECTS) {
            const { resources } = await best.measure(name, program, PULUMI);
            await best.measure(`${name} by tsx`, program, TSX);
            // One resource is the stack.
            await best.measure(`${name} bare`, bare(resources - 1), PULUMI);
        }
    }
    console.log("CPU, times an empty program's:");
    console.log(table(best).toString());
}

function table(best: Best): Table.Table {
    const head = [
        "Stack",
        "Resources",
        "Longest chain",
        "Pulumi's loader",
        "tsx",
        "Bare resources",
    ];
    const result = new Table({ head, style: { head: [], border: [], compact: true } });
    const ratio = (name: string): string =>
        (best.of(name).cpuSeconds / best.of("empty").cpuSeconds).toFixed(2);
    for (const { name } of SUBJECTS) {
        const { resources, longestChain } = best.of(name);
        const ratios = [name, `${name} by tsx`, `${name} bare`].map(ratio);
        result.push([name, resources, longestChain, ...ratios]);
    }
    return result;
}

main().catch((failure: unknown) => {
    console.error(failure);
    process.exitCode = 1;
});
