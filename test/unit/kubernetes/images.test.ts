import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { IMAGES, ImageList, ImageSources } from "../../../components/kubernetes/images";
import { kubernetesVersions } from "../../../components/settings/limits/kubernetes";
import { rabbitmqVersions } from "../../../components/settings/limits/rabbitmq";
import { redisVersions } from "../../../components/settings/limits/redis";
import { searchVersions } from "../../../components/settings/limits/search";
import { specOf } from "../../../components/settings/schema";
import { imageReference } from "../../../contract/image-reference";
import { withImageTable } from "../../../workshop/scripts/image-table";

const root = resolve(__dirname, "../../..");
const text = readFileSync(resolve(root, "images.yaml"), "utf8");

const SOURCES: ImageSources = {
    registry: "registry.example.org/hysds",
    tag: "1.2.3",
    overrides: {},
};

/** The file's references with `other` for some version. */
const references = IMAGES.pins.map((pin) => ({
    ...pin,
    reference: pin.reference.replace(/\{(version|patch)\}/, "1.2.3"),
}));

type Pin = string | { readonly [value: string]: Pin };
const pin: z.ZodType<Pin> = z.union([
    z.string(),
    z.lazy(() => z.record(z.string(), pin).refine((pins) => Object.keys(pins).length > 0)),
]);
const name = z.string().regex(/^[a-z][a-z0-9-]*$/);
const file = z.strictObject({
    hysds: z.record(name, z.enum(["python", "nginx"])),
    upstream: z.record(name, pin),
});

describe("images.yaml", () => {
    it("holds names, and what each is pinned to", () => {
        expect(file.safeParse(parse(text)).error?.issues).toBeUndefined();
        expect(new Set(IMAGES.names).size).toBe(IMAGES.names.length);
    });

    it.each(references)("pins $name $variant to a registry and a release", ({ reference }) => {
        expect(reference).toMatch(imageReference);
        expect(reference).toMatch(
            /^[a-z0-9.-]+\.[a-z]+\/[a-z0-9./_-]+:v?\d+\.\d+\.\d+[\w.-]*(@|$)|:v1\.5$/,
        );
    });

    it.each([
        ...rabbitmqVersions.map((version) => ["rabbitmq", version]),
        ...Object.entries(redisVersions).flatMap(([engine, versions]) =>
            versions.map((version) => ["redis", engine, version]),
        ),
        ...Object.entries(searchVersions).flatMap(([engine, versions]) =>
            versions.flatMap((version) => [
                ["search", engine, version],
                ["kibana", engine, version],
                ["logstash", engine, version],
            ]),
        ),
        ...Object.keys(kubernetesVersions).map((version) => ["cluster-autoscaler", version]),
        ["keda-operator", String(specOf("kedaChartVersion").default)],
    ])("has %s for every version that the settings take: %s %s", (image, ...variant) => {
        expect(IMAGES.pinned(image, ...variant)).toMatch(imageReference);
    });
});

describe("the reference of an image", () => {
    it("is below the stack's registry, with its tag, for HySDS's own", () => {
        expect(IMAGES.reference("mozart", SOURCES)).toBe("registry.example.org/hysds/mozart:1.2.3");
    });

    it("is the first release of a version that has no row", () => {
        expect(IMAGES.pinned("rabbitmq", "4.9")).toBe(
            "docker.io/library/rabbitmq:4.9.0-management",
        );
        expect(IMAGES.pinned("kibana", "opensearch", "2.19.3")).toBe(
            "docker.io/opensearchproject/opensearch-dashboards:2.19.3",
        );
    });

    it("is the override for whichever variant", () => {
        const overrides = { redis: "registry.example.org/valkey@sha256:abc" };
        const given = IMAGES.reference("redis", { ...SOURCES, overrides }, "valkey", "8.0");
        expect(given).toBe(overrides.redis);
    });

    it.each([["mozrat"], ["constructor"], ["redis"], ["redis", "keydb"]])(
        "is refused where the file has none: %s %s",
        (image, ...variant) => {
            expect(() => IMAGES.reference(image, SOURCES, ...variant)).toThrow(
                `images.yaml has no image ${[image, ...variant].join(" ")}.`,
            );
        },
    );
});

interface CustomManager {
    readonly managerFilePatterns: readonly string[];
    readonly matchStrings: readonly string[];
    readonly datasourceTemplate: string;
}

/** What Renovate finds in a text: its own way, with every match of every pattern. */
function foundByRenovate(content: string): string[] {
    const { customManagers } = JSON.parse(readFileSync(resolve(root, "renovate.json"), "utf8")) as {
        customManagers: CustomManager[];
    };
    return customManagers.flatMap(({ matchStrings }) =>
        matchStrings.flatMap((pattern) =>
            [...content.matchAll(new RegExp(pattern, "g"))].map(({ groups }) => {
                const { depName, currentValue, currentDigest } = groups ?? {};
                return `${depName}:${currentValue}${currentDigest ? `@${currentDigest}` : ""}`;
            }),
        ),
    );
}

describe("Renovate", () => {
    it("finds every reference of the file, and nothing beside", () => {
        const pinned = IMAGES.pins.filter(({ reference }) => !reference.includes("{"));
        expect(foundByRenovate(text)).toEqual(pinned.map(({ reference }) => reference));
    });

    it("finds a digest, so that it can renew it", () => {
        const digest = `sha256:${"0".repeat(64)}`;
        const line = `  nginx: docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine@${digest}\n`;
        expect(foundByRenovate(line)).toEqual([
            `docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine@${digest}`,
        ]);
    });
});

describe("one row more", () => {
    const row = "docker.io/prom/memcached-exporter:v0.15.3";
    const changed = `${text}  memcached-exporter: ${row}\n`;
    const images = ImageList.parse(changed);

    it("is an image that code can ask for by its name", () => {
        expect(images.reference("memcached-exporter", SOURCES)).toBe(row);
    });

    it("can be overridden", () => {
        expect(images.names).toContain("memcached-exporter");
        const overrides = { "memcached-exporter": "registry.example.org/exporter:1.0.0" };
        expect(images.reference("memcached-exporter", { ...SOURCES, overrides })).toBe(
            overrides["memcached-exporter"],
        );
    });

    it("is renewed, and documented", () => {
        expect(foundByRenovate(changed)).toContain(row);
        const markers = "<!-- images:begin -->\n<!-- images:end -->";
        expect(withImageTable(markers, images)).toContain(
            `| \`memcached-exporter\` |  | \`${row}\` |`,
        );
    });
});
