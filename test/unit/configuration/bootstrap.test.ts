import { describe, expect, it } from "vitest";
import { renderBootstrap, renderConfiguration } from "../../../components/hysds/configuration";
import { disguised, inCluster, managed } from "./support/inputs";
import { pythonAssignments } from "./support/python";

interface Step {
    readonly kind: string;
    readonly name: string;
    readonly lifecycle?: string;
    readonly body: {
        readonly index_patterns?: readonly string[];
        readonly aliases?: object;
        readonly template?: { readonly aliases?: object; readonly settings: object };
    };
}

interface Definition {
    readonly url: string;
    readonly username?: string;
    readonly password?: string;
    readonly lifecycle?: {
        readonly ilm: { readonly policy: { readonly phases: Record<string, { min_age: string }> } };
        readonly ism: {
            readonly policy: {
                readonly states: readonly {
                    readonly name: string;
                    readonly transitions: readonly object[];
                }[];
                readonly ism_template: { readonly index_patterns: readonly string[] };
            };
        };
    };
    readonly steps: readonly Step[];
}

const files = renderBootstrap(managed());

function definition(part: "mozart" | "grq" | "metrics"): Definition {
    return JSON.parse(files[`${part}.json`] ?? "") as Definition;
}

function matches(pattern: string, index: string): boolean {
    return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(index);
}

/** What can be searched by this name once the bootstrap has run. */
function searchable(): string[] {
    const steps = (["mozart", "grq"] as const).flatMap((part) => definition(part).steps);
    const indices = steps.filter(({ kind }) => kind === "index").map(({ name }) => name);
    const aliases = steps
        .filter(({ body }) =>
            indices.some((name) => body.index_patterns?.some((pattern) => matches(pattern, name))),
        )
        .flatMap(({ body }) => Object.keys(body.aliases ?? body.template?.aliases ?? {}));
    return [...indices, ...aliases];
}

describe("the search bootstrap", () => {
    it("makes every index that HySDS is told of exist before the first document", () => {
        const rendered = renderConfiguration(managed());
        const settings = {
            ...pythonAssignments(rendered["mozart/settings.cfg"]),
            ...pythonAssignments(rendered["celeryconfig.py"]),
            grq2: pythonAssignments(rendered["grq2/settings.cfg"]),
        };
        const names = Object.entries({ ...settings, ...settings.grq2 })
            .filter(([key]) => /(_INDEX|_ALIAS|^HYSDS_IOS_\w+)$/.test(key))
            // Filled, and created, by the import of the GeoNames gazetteer.
            .filter(([key]) => key !== "GEONAMES_INDEX")
            .map(([, name]) => name);
        expect(searchable()).toEqual(expect.arrayContaining(names));
        expect(names.length).toBeGreaterThan(8);
    });

    it("covers every daily index that the pipelines write", () => {
        const { "logstash/mozart.conf": mozart, "logstash/metrics.conf": metrics } =
            renderConfiguration(managed());
        expect(mozart).toContain("worker_status-%{+yyyy.MM.dd}");
        const written = ["job_status", "task_status", "worker_status", "event_status"];
        expect(metrics).toContain("-%{+yyyy.MM.dd}");
        const patterns = (part: "mozart" | "metrics") =>
            definition(part).steps.flatMap(({ body }) => body.index_patterns ?? []);
        for (const name of written) {
            expect(patterns("mozart").some((one) => matches(one, `${name}-2026.01.02`))).toBe(true);
        }
        for (const name of ["logstash", "sdswatch"]) {
            expect(patterns("metrics").some((one) => matches(one, `${name}-2026.01.02`))).toBe(
                true,
            );
        }
    });

    it("deletes status indices after 104 days, and no datasets, rules or failed jobs", () => {
        const { lifecycle, steps } = definition("mozart");
        const deleted = lifecycle?.ism.policy.ism_template.index_patterns ?? [];
        const isDeleted = (index: string) => deleted.some((pattern) => matches(pattern, index));
        expect(isDeleted("job_status-2026.01.02")).toBe(true);
        for (const kept of ["job_failed", "grq_v1_ship_status-l2", "user_rules-grq", "job_specs"]) {
            expect(isDeleted(kept), kept).toBe(false);
        }
        expect(steps.filter((step) => step.lifecycle).map(({ name }) => name)).toEqual([
            "job_status",
            "task_status",
            "worker_status",
            "event_status",
        ]);
        expect(lifecycle?.ilm.policy.phases).toMatchObject({
            warm: { min_age: "97d" },
            delete: { min_age: "104d" },
        });
        expect(lifecycle?.ism.policy.states[1]?.transitions).toEqual([
            { state_name: "delete", conditions: { min_index_age: "104d" } },
        ]);
    });

    it("keeps the patterns of the parts apart, so that one cluster can serve all", () => {
        const patterns = (["mozart", "grq", "metrics"] as const).flatMap((part) =>
            definition(part).steps.flatMap(({ body }) => body.index_patterns ?? []),
        );
        const overlapping = patterns.filter((pattern) =>
            patterns.some(
                (other) => other !== pattern && matches(other, pattern.replaceAll("*", "x")),
            ),
        );
        expect(overlapping).toEqual([]);
    });

    it("addresses each cluster, with credentials where there are any", () => {
        expect(definition("grq")).toMatchObject({ url: "http://search-grq:9200" });
        expect(definition("grq")).not.toHaveProperty("password");
        const local = JSON.parse(renderBootstrap(inCluster())["mozart.json"] ?? "") as Definition;
        expect(local).toMatchObject({ username: "admin", password: disguised.search });
    });

    it("fits a Secret", () => {
        const size = Object.values(files).reduce((sum, text) => sum + text.length, 0);
        expect(size).toBeLessThan(256 * 1024);
    });
});
