import { describe, expect, it } from "vitest";
import { criticalPath, Node, prerequisites } from "../../../workshop/plan/critical-path";

function node(urn: string, dependencies: string[], rest: Partial<Node> = {}): Node {
    return { urn, custom: true, remote: false, dependencies, options: {}, ...rest };
}

const names = (nodes: readonly Node[]): string[] => nodes.map(({ urn }) => urn);

describe("the critical path", () => {
    it("is the longest of several chains, first to last", () => {
        const graph = [
            node("pod", ["store", "cluster"]),
            node("store", ["network"]),
            node("cluster", ["role", "network"]),
            node("role", ["account"]),
            node("account", []),
            node("network", []),
        ];
        expect(names(criticalPath(graph).resources)).toEqual(["account", "role", "cluster", "pod"]);
    });

    it("goes through components without counting them", () => {
        const graph = [
            node("a", []),
            node("component", ["a"], { custom: false }),
            node("b", [], { parent: "component" }),
            node("c", []),
        ];
        expect(names(criticalPath(graph).resources)).toEqual(["a", "b"]);
    });

    it("counts components that a provider makes, providers and deletedWith", () => {
        const graph = [
            node("vpc", [], { custom: false, remote: true }),
            node("provider", ["vpc"]),
            node("namespace", [], { options: { provider: "provider" } }),
            node("pod", [], { options: { deletedWith: "namespace" } }),
        ];
        expect(names(criticalPath(graph).resources)).toEqual([
            "vpc",
            "provider",
            "namespace",
            "pod",
        ]);
    });

    it("is the slowest of several chains when told what each takes", () => {
        const graph = [
            node("network", []),
            node("role", ["network"]),
            node("cluster", ["role"]),
            node("domain", ["network"]),
        ];
        const { resources, total } = criticalPath(graph, ({ urn }) => (urn === "domain" ? 25 : 3));
        expect([names(resources), total]).toEqual([["network", "domain"], 28]);
    });

    it("is empty for an empty stack, and fails on a circle", () => {
        expect(criticalPath([])).toEqual({ resources: [], total: 0 });
        expect(() => criticalPath([node("a", ["b"]), node("b", ["a"])])).toThrow(/a -> b -> a/);
    });
});

describe("prerequisites", () => {
    it("are all that must exist before, and nothing else", () => {
        const graph = [
            node("network", []),
            node("store", ["network"]),
            node("cluster", ["network"]),
            node("pod", ["store"], { parent: "cluster" }),
        ];
        expect(prerequisites(graph, "pod")).toEqual(new Set(["store", "cluster", "network"]));
        expect(prerequisites(graph, "store")).toEqual(new Set(["network"]));
    });
});
