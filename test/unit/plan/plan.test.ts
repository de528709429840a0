import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeArchitecture } from "../../../workshop/plan/architecture/describe";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { renderManifests, writeManifests } from "../../../workshop/plan/manifests";
import { Plan, writePlan } from "../../../workshop/plan/plan";
import { reveal, secretTexts } from "../../../workshop/plan/secret";
import { SIMULATED_SECRET } from "../../../workshop/plan/simulated-outputs";
import { countByComponent, countByType } from "../../../workshop/plan/tree";
import { evaluated } from "../../support/evaluated";

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "hysds-plan-"));

afterAll(() => fs.rmSync(temporary, { recursive: true }));

/** A secret as it would look inside base64, whatever comes before it. */
function base64Forms(text: string): string[] {
    return [0, 1, 2].map((offset) => {
        const encoded = Buffer.from("x".repeat(offset) + text).toString("base64");
        return encoded.slice(offset === 0 ? 0 : offset + 1, -4);
    });
}

function filesBelow(directory: string): string[] {
    return fs
        .readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Files that hold a simulated secret, plain or in base64. */
function leaks(directory: string): string[] {
    const forms = [SIMULATED_SECRET, ...base64Forms(SIMULATED_SECRET)];
    return filesBelow(directory).filter((file) => {
        const text = fs.readFileSync(file, "utf8");
        return forms.some((form) => text.includes(form));
    });
}

/** What a reader of a picture reads. */
function textsOf(svg: string): string[] {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)];
    return texts.map(([, text = ""]) => text.replaceAll("&#45;", "-"));
}

describe.each(["local", "dev", "prod"])("the plan of stack %s", (stack) => {
    const directory = path.join(temporary, stack);
    let evaluation: Evaluation;
    let plan: Plan;
    let texts: string[];

    beforeAll(async () => {
        evaluation = await evaluated(stack);
        plan = await writePlan(evaluation, directory);
        texts = textsOf(fs.readFileSync(plan.picture, "utf8"));
    });

    it("counts every resource once", () => {
        const { resources } = evaluation;
        const byType = countByType(resources).reduce((sum, { count }) => sum + count, 0);
        expect(byType).toBe(resources.length);
        const [whole, ...components] = countByComponent(resources);
        expect(whole?.count).toBe(resources.length);
        expect(components.every(({ count }) => count < resources.length)).toBe(true);
        for (const { type, name } of resources) {
            expect(plan.text).toContain(`${type} ${name}`);
        }
    });

    it("writes every Kubernetes object to a file of its own", () => {
        const objects = evaluation.resources.filter(
            ({ type, custom }) => custom && type.startsWith("kubernetes:"),
        );
        expect(new Set(plan.manifests).size).toBe(objects.length);
        expect(filesBelow(path.join(directory, "manifests"))).toHaveLength(objects.length);
    });

    it("prints and writes no secret", () => {
        const secrets = secretTexts(evaluation.resources.map(({ inputs }) => inputs));
        expect(secrets.filter((text) => text.includes(SIMULATED_SECRET)).length).toBeGreaterThan(2);
        expect(leaks(directory)).toEqual([]);
        expect(plan.text).not.toContain(SIMULATED_SECRET);
    });

    it("would find a secret that is written", () => {
        const revealed = renderManifests(evaluation).map((manifest) => ({
            ...manifest,
            body: reveal(manifest.body) as Record<string, unknown>,
        }));
        const leaky = path.join(directory, "leaky");
        writeManifests(revealed, leaky);
        expect(leaks(leaky)).not.toEqual([]);
        fs.rmSync(leaky, { recursive: true });
    });

    it("draws every workload in its part, and every store", () => {
        const { workloads, managedStores } = describeArchitecture(evaluation);
        const controllers = evaluation.resources.filter(({ type }) =>
            /^kubernetes:(apps|batch)\//.test(type),
        );
        expect(workloads).toHaveLength(controllers.length);
        const stores = evaluation.resources.filter(({ type }) =>
            /:(Broker|ReplicationGroup|Domain|StatefulSet)$/.test(type),
        );
        expect(stores.length).toBeGreaterThanOrEqual(3);
        const inCluster = workloads.filter(({ kind }) => kind === "store");
        expect(managedStores.length + inCluster.length).toBe(stores.length);
        for (const { name, part, kind } of workloads) {
            const isStorage = kind === "store" || part === "stores";
            expect(texts).toEqual(expect.arrayContaining(isStorage ? [name] : [name, part]));
        }
        for (const { name, details } of managedStores) {
            expect(texts).toEqual(expect.arrayContaining([name, ...details]));
        }
    });
});
