import { describe, expect, it } from "vitest";
import { IMAGES } from "../../../components/kubernetes/images";
import { reveal } from "../../../workshop/plan/secret";
import { renderedImages } from "../../node/support/images/rendered";
import { evaluated } from "../../support/evaluated";

/** A reference of its own for every name. */
const OVERRIDES = Object.fromEntries(
    IMAGES.names.map((name) => [name, `registry.example.org/copies/${name}:9.9.9`]),
);

/** Stacks that run every image between them, and what they run. */
const STACKS: readonly {
    readonly stack: string;
    readonly settings: Readonly<Record<string, string>>;
}[] = [
    {
        stack: "local",
        settings: {
            "hysds:monitoring": "prometheus",
            "hysds:ui": "true",
            "hysds:objectStore": "in-cluster",
            "hysds:backups": "true",
        },
    },
    {
        stack: "prod",
        settings: {
            "hysds:containerEngine": "docker",
            "hysds:nodeAutoscaler": "cluster-autoscaler",
            "hysds:autoscaling": "keda",
        },
    },
];

describe("hysds:imageOverrides", () => {
    it("reaches every image of the stack", async () => {
        const seen = new Set<string>();
        for (const { stack, settings } of STACKS) {
            const images = await renderedImages(stack, {
                ...settings,
                "hysds:imageOverrides": JSON.stringify(OVERRIDES),
            });
            const known = Object.values(OVERRIDES);
            expect(images.filter((image) => !known.includes(image))).toEqual([]);
            images.forEach((image) => seen.add(image));
        }
        const chart = ["keda-operator", "keda-metrics-server"];
        const rest = IMAGES.names.filter((name) => !seen.has(OVERRIDES[name] ?? ""));
        expect(rest.sort()).toEqual(chart.sort());
    });

    it("reaches the images of KEDA's chart, a digest too", async () => {
        const digest = `sha256:${"a".repeat(64)}`;
        const { resources } = await evaluated("prod", {
            "hysds:autoscaling": "keda",
            "hysds:imageOverrides": JSON.stringify({
                "keda-operator": "registry.example.org:5000/keda/operator:2.20.2",
                "keda-metrics-server": `registry.example.org/keda/server@${digest}`,
            }),
        });
        const release = resources.find(({ type }) => type.endsWith(":Release"));
        const { values } = reveal(release?.inputs) as { values: Record<string, unknown> };
        expect(values["image"]).toEqual({
            keda: {
                registry: "registry.example.org:5000",
                repository: "keda/operator",
                tag: "2.20.2",
            },
            metricsApiServer: {
                registry: "registry.example.org",
                repository: "keda/server@sha256",
                tag: "a".repeat(64),
            },
        });
    });

    it("runs a copy of Valkey by Valkey's own programs", async () => {
        const { resources } = await evaluated("local", {
            "hysds:backups": "true",
            "hysds:imageOverrides": JSON.stringify({ redis: "registry.example.org/cache:1.0.0" }),
        });
        const text = JSON.stringify(resources.map(({ inputs }) => reveal(inputs)));
        expect(text).toContain("valkey-cli");
        expect(text).not.toContain("redis-cli");
    });
});
