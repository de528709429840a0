import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** One job of a trace; whole seconds. */
export interface Job {
    readonly id: number;
    readonly arrival: number;
    readonly duration: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Kinds of jobs by their share: quick look products, ordinary ones, and a few that take an hour or more. */
const KINDS = [
    { share: 0.7, medianSeconds: 90, spread: 0.6 },
    { share: 0.25, medianSeconds: 10 * MINUTE, spread: 0.6 },
    { share: 0.05, medianSeconds: HOUR, spread: 0.6 },
] as const;

/** When jobs come: three bursts, as after each downlink, and a trickle beside the first; nothing in between. */
const ARRIVALS = [
    { share: 0.05, from: 0, during: 5 * HOUR },
    { share: 0.4, from: 10 * MINUTE, during: 20 * MINUTE },
    { share: 0.3, from: 9 * HOUR, during: 40 * MINUTE },
    { share: 0.25, from: 18 * HOUR, during: 10 * MINUTE },
] as const;

/**
 * A day of a downlink-driven system: jobs of log-normal durations that come in bursts, in the order of their arrival.
 * The same seed gives the same trace.
 */
export function burstTrace(count = 10_000, seed = 20_261_124): Job[] {
    const generator = xoroshiro128plus(seed);
    const uniform = (): number => uniformFloat64(generator);
    const jobs = Array.from({ length: count }, () => ({
        arrival: arrival(uniform),
        duration: duration(uniform),
    }));
    return jobs
        .sort((one, other) => one.arrival - other.arrival)
        .map((job, id) => ({ id, ...job }));
}

function arrival(uniform: () => number): number {
    const { from, during } = chosen(ARRIVALS, uniform());
    return Math.floor(from + uniform() * during);
}

function duration(uniform: () => number): number {
    const { medianSeconds, spread } = chosen(KINDS, uniform());
    // Box and Muller's transform of two uniform numbers into a normal one.
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.max(1, Math.round(medianSeconds * Math.exp(spread * normal)));
}

function chosen<T extends { readonly share: number }>(options: readonly T[], at: number): T {
    let sum = 0;
    const found = options.find(({ share }) => (sum += share) > at) ?? options[options.length - 1];
    if (!found) {
        throw new Error("There is nothing to choose from.");
    }
    return found;
}
