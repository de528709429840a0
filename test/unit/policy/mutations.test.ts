import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../../policy/rules";
import { Answer, PolicyPackProcess, Subject } from "../../support/policy-pack";
import { Draft } from "./support/draft";
import { extras } from "./support/extras";
import { Mutation } from "./support/mutation";
import { awsMutations } from "./support/mutations-aws";
import { kubernetesMutations } from "./support/mutations-kubernetes";
import { configurationFor, examine, subjectsOf } from "./support/subjects";

const mutations = { ...awsMutations, ...kubernetesMutations };

/** Rules that forbid a resource whatever its properties, so that nothing that there is can satisfy them. */
const prohibitions = ["no-long-lived-keys"];

describe("the policy pack on the prod stack", () => {
    let pack: PolicyPackProcess;
    let stack: readonly Subject[];

    beforeAll(async () => {
        pack = await PolicyPackProcess.start();
        stack = [...(await subjectsOf("prod")), ...extras];
    }, 60_000);
    afterAll(() => pack.stop());

    async function configure(values: Mutation["values"] = {}): Promise<void> {
        const configuration = configurationFor("prod");
        const entries = Object.entries(configuration).map(([rule, entry]) => [
            rule,
            { ...(entry as object), ...values[rule] },
        ]);
        await pack.configure(Object.fromEntries(entries) as typeof configuration);
    }

    async function answerTo({ change, settings, withoutExtras }: Mutation): Promise<Answer> {
        if (settings) {
            const mutated = await subjectsOf("prod", settings);
            const before = new Map(stack.map((subject) => [subject.urn, subject]));
            const different = mutated.filter(
                (subject) => !isDeepStrictEqual(before.get(subject.urn), subject),
            );
            return examine(pack, withoutExtras ? mutated : [...mutated, ...extras], different);
        }
        const draft = change?.(new Draft(stack)) ?? new Draft(stack);
        return examine(pack, draft.all(), draft.changed());
    }

    it("finds nothing, and every rule something to look at", async () => {
        await configure();
        const { diagnostics, notApplicable } = await examine(pack, stack);
        expect(diagnostics).toEqual([]);
        expect(notApplicable).toEqual(prohibitions);
    });

    it("has a mutation for every rule", () => {
        expect(Object.keys(mutations).sort()).toEqual(rules.map(({ name }) => name).sort());
    });

    const cases = Object.entries(mutations).flatMap(([rule, list]) =>
        list.map((mutation, index) => ({ rule, mutation, title: `${rule}, ${index + 1}` })),
    );

    it.each(cases)("reports the broken rule alone: $title", async ({ rule, mutation }) => {
        await configure(mutation.values);
        const { diagnostics } = await answerTo(mutation);
        expect([...new Set(diagnostics.map((one) => one.rule))]).toEqual([rule]);
        const definition = rules.find(({ name }) => name === rule)?.definition;
        for (const { message } of diagnostics) {
            expect(message).toContain(definition?.description);
            expect(message).toContain(definition?.fix);
            expect(message).toContain(definition?.reference.url);
        }
    });
});
