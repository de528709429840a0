import { describe, expect, it } from "vitest";
import { choose } from "../../../workshop/bench/kills/choice";

describe("kills at random", () => {
    const trials = Array.from({ length: 200 }, (_, index) => choose(20_000_000 + index));

    it("reach every command and signal by seeds that follow each other", () => {
        const shares = (of: (trial: (typeof trials)[number]) => string) => {
            const all = trials.map(of);
            return [...new Set(all)].map(
                (what) => [what, all.filter((each) => each === what).length] as const,
            );
        };
        const operations = shares(({ operation, fromNothing }) => `${operation} ${fromNothing}`);
        expect(operations.map(([what]) => what).sort()).toEqual([
            "start false",
            "start true",
            "stop false",
            "up false",
        ]);
        const signals = shares(({ signal }) => signal);
        expect(signals).toHaveLength(3);
        [...operations, ...signals].forEach(([what, count]) =>
            expect(count, what).toBeGreaterThan(20),
        );
    });

    it("are the same for the same seed", () => {
        const { pick, ...again } = choose(20_000_000);
        expect(trials[0]).toMatchObject(again);
        expect(pick([1])).toBe(1);
    });
});
