import { beforeAll, describe, expect, it } from "vitest";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";
import { GROUPS, Relations, RELATIONS } from "./relations";

/** Stacks that together have every type of resource, each protected. */
const STACKS = {
    prod: {
        "hysds:backups": "true",
        "hysds:autoscaling": "keda",
        "hysds:monitoring": "prometheus",
        "hysds:containerLogs": "cloudwatch",
    },
    local: { "hysds:backups": "true", "hysds:protect": "true", "hysds:autoscaling": "keda" },
} as const;

interface ScaledObject {
    readonly spec: { readonly scaleTargetRef: { readonly name: string } };
}

function typeOf({ type }: CapturedResource): string {
    return type.split(":").at(-1) ?? type;
}

function rowOf(resource: CapturedResource): Relations | undefined {
    return RELATIONS[typeOf(resource)]?.find(({ name }) => name?.test(resource.name) ?? true);
}

/** Types of what it waits for by `dependsOn`. */
function waitsFor(resource: CapturedResource, byUrn: ReadonlyMap<string, CapturedResource>) {
    const inputs = new Set(Object.values(resource.propertyDependencies).flat());
    const explicit = resource.dependencies.filter((urn) => !inputs.has(urn));
    return new Set(
        explicit.flatMap((urn) => {
            const found = byUrn.get(urn);
            return found ? [typeOf(found)] : [];
        }),
    );
}

describe.each(Object.keys(STACKS) as (keyof typeof STACKS)[])("the stack %s", (name) => {
    let stack: Evaluation;
    let byUrn: ReadonlyMap<string, CapturedResource>;
    let resources: readonly CapturedResource[];

    beforeAll(async () => {
        stack = await evaluated(name, STACKS[name]);
        byUrn = new Map(stack.resources.map((resource) => [resource.urn, resource]));
        resources = stack.resources.filter(({ custom, remote }) => custom || remote);
    }, 60_000);

    /** What is wrong with resources, by their URN: empty where each is as its row says. */
    function differences(
        check: (resource: CapturedResource, row: Relations) => readonly [unknown, unknown],
    ): object[] {
        return resources.flatMap((resource) => {
            const row = rowOf(resource);
            if (!row) {
                return [];
            }
            const [is, must] = check(resource, row);
            return JSON.stringify(is) === JSON.stringify(must)
                ? []
                : [{ urn: resource.urn, is, must, because: row.because }];
        });
    }

    it("has no type of resource that is not specified", () => {
        const unknown = resources
            .filter((resource) => !rowOf(resource) && resource.type !== "pulumi:pulumi:Stack")
            .map(({ type }) => type);
        expect([...new Set(unknown)]).toEqual([]);
    });

    it("keeps and protects what holds data, and nothing else", () => {
        const found = differences(({ options }, { data }) => [
            { protect: options.protect, retainOnDelete: options.retainOnDelete },
            {
                protect: data === "kept" || data === "protected",
                retainOnDelete: data === "kept" || data === "left",
            },
        ]);
        expect(found).toEqual([]);
    });

    it("deletes with its owner what has one", () => {
        const found = differences(({ options }, { deletedWith }) => {
            const owner = byUrn.get(options.deletedWith ?? "");
            return [owner ? typeOf(owner) : null, deletedWith ?? null];
        });
        expect(found).toEqual([]);
    });

    it("waits for what no input tells", () => {
        const found = resources.flatMap((resource) => {
            const wanted = rowOf(resource)?.waitsFor ?? [];
            const known = waitsFor(resource, byUrn);
            const missing = wanted
                .flatMap((each) => GROUPS[name][each] ?? [each])
                .filter((type) => !known.has(type));
            return missing.length > 0 ? [{ urn: resource.urn, missing }] : [];
        });
        expect(found).toEqual([]);
    });

    it("gives slow resources their time", () => {
        const found = differences(({ options }, { timeouts }) => [
            options.customTimeouts,
            timeouts ?? {},
        ]);
        expect(found).toEqual([]);
    });

    it("leaves to others what others change, and to KEDA the replicas of what it scales", () => {
        const targets = resources
            .filter((resource) => typeOf(resource) === "ScaledObject")
            .map(({ inputs }) => (reveal(inputs) as ScaledObject).spec.scaleTargetRef.name);
        expect(targets.length).toBeGreaterThan(2);
        const found = differences((resource, { ignoreChanges }) => [
            resource.options.ignoreChanges,
            ignoreChanges ??
                (typeOf(resource) === "Deployment" && targets.includes(resource.name)
                    ? ["spec.replicas"]
                    : []),
        ]);
        expect(found).toEqual([]);
    });
});
