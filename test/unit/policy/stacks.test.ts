import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environments } from "../../../policy/rule";
import { PolicyPackProcess } from "../../support/policy-pack";
import { configurationFor, examine, subjectsOf } from "./support/subjects";

describe("the policy pack", () => {
    let pack: PolicyPackProcess;

    beforeAll(async () => {
        pack = await PolicyPackProcess.start();
    }, 60_000);
    afterAll(() => pack.stop());

    it.each(environments)("has nothing against the %s stack", async (environment) => {
        await pack.configure(configurationFor(environment));
        const { diagnostics } = await examine(pack, await subjectsOf(environment));
        expect(diagnostics).toEqual([]);
    });
});
