import { beforeAll, describe, expect, it } from "vitest";
import { renderManifests } from "../../workshop/plan/manifests";
import { reveal } from "../../workshop/plan/secret";
import { evaluated } from "../support/evaluated";
import { createManifestCheck, ManifestCheck } from "../support/manifest-check";

let check: ManifestCheck;

beforeAll(async () => {
    check = await createManifestCheck();
});

describe("every Kubernetes manifest fits the schema of the API server", () => {
    it.each([
        ["local", {}],
        ["local", { "hysds:monitoring": "prometheus", "hysds:prometheusDiscovery": "annotations" }],
        ["dev", {}],
        ["prod", {}],
    ])("of stack %s with %o", async (stack, configuration) => {
        const manifests = renderManifests(await evaluated(stack, configuration));
        expect(manifests.length).toBeGreaterThan(0);
        for (const { kind, name, body } of manifests) {
            expect(await check(reveal(body)), `${kind} ${name}`).toEqual([]);
        }
    });
});

function deployment(): Record<string, unknown> {
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "shop" },
        spec: {
            replicas: 2,
            selector: { matchLabels: { app: "web" } },
            template: {
                metadata: { labels: { app: "web" } },
                spec: {
                    containers: [
                        {
                            name: "web",
                            image: "web:1",
                            imagePullPolicy: "Always",
                            resources: { limits: { cpu: "500m", memory: "1Gi" } },
                            readinessProbe: { httpGet: { port: "http", path: "/" } },
                        },
                    ],
                },
            },
        },
    };
}

describe("the check of manifests", () => {
    it("passes a Deployment that is right", async () => {
        expect(await check(deployment())).toEqual([]);
    });

    it.each<[string, string[], unknown, string, RegExp]>([
        ["an unknown field at the top", ["specs"], {}, "", /additional properties: specs/],
        [
            "an unknown field deep inside",
            ["spec", "template", "spec", "containers", "0", "readinessProbe", "httpGet", "url"],
            "/",
            "/spec/template/spec/containers/0/readinessProbe/httpGet",
            /additional properties: url/,
        ],
        ["a text for a number", ["spec", "replicas"], "2", "/spec/replicas", /must be/],
        ["a fraction for an integer", ["spec", "replicas"], 1.5, "/spec/replicas", /integer/],
        [
            "a required field left out",
            ["spec", "template", "spec", "containers", "0", "name"],
            undefined,
            "/spec/template/spec/containers/0",
            /required property 'name'/,
        ],
        [
            "a value outside an enum",
            ["spec", "template", "spec", "containers", "0", "imagePullPolicy"],
            "Sometimes",
            "/spec/template/spec/containers/0/imagePullPolicy",
            /allowed values: Always, IfNotPresent, Never/,
        ],
        [
            "a quantity that is none",
            ["spec", "template", "spec", "containers", "0", "resources", "limits", "memory"],
            "1 gigabyte",
            "/spec/template/spec/containers/0/resources/limits/memory",
            /quantity/,
        ],
        ["a kind without schema", ["kind"], "Gadget", "", /no schema for apps\/v1\/Gadget/],
    ])("rejects %s", async (_what, field, value, path, message) => {
        const manifest = deployment();
        assign(manifest, field, value);
        const problems = await check(manifest);
        const found = problems.filter((each) => each.path === path && message.test(each.message));
        expect(found, JSON.stringify(problems)).not.toEqual([]);
    });

    it("asks no apiVersion of claims inside a StatefulSet", async () => {
        const { spec } = deployment() as { spec: Record<string, unknown> };
        const claim = {
            metadata: { name: "data" },
            spec: {
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: "10Gi" } },
            },
        };
        const set = {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            metadata: { name: "store" },
            spec: { ...spec, serviceName: "store", volumeClaimTemplates: [claim] },
        };
        expect(await check(set)).toEqual([]);
        claim.spec.accessModes = ["Anything"];
        expect(await check(set)).not.toEqual([]);
    });
});

function assign(target: Record<string, unknown>, field: string[], value: unknown): void {
    const [last] = field.slice(-1);
    let holder = target;
    for (const step of field.slice(0, -1)) {
        holder = holder[step] as Record<string, unknown>;
    }
    if (value === undefined) {
        delete holder[last!];
    } else {
        holder[last!] = value;
    }
}
