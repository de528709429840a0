import { describe, expect, it } from "vitest";
import { IMAGES } from "../../../components/kubernetes/images";
import { bakeTargets } from "../../node/support/images/bake";
import { baseImages } from "../../node/support/images/dockerfile";
import { renderedImages } from "../../node/support/images/rendered";
import { hasStandIn } from "../../node/support/images/stand-ins";

const VARIABLES = { REGISTRY: "registry.example.com/sar", TAG: "1.2.3", RELEASE: "/releases/1" };

describe("images under test", () => {
    it.each(["podman", "docker"])(
        "has one for everything that the local stack runs with %s",
        async (containerEngine) => {
            const images = await renderedImages("local", {
                "hysds:containerEngine": containerEngine,
            });
            const tags = (await bakeTargets({})).flatMap((target) => target.tags);
            expect(images).toEqual(expect.arrayContaining(tags));
            const upstream = images.filter((image) => !tags.includes(image));
            expect(upstream.filter((image) => !hasStandIn(image))).toEqual([]);
        },
    );
});

describe("targets of docker-bake.hcl", () => {
    it("come after those that they are built on, with the variables' values", async () => {
        const targets = await bakeTargets(VARIABLES);
        const names = targets.map(({ name }) => name);
        expect([...names].sort()).toEqual([...IMAGES.own, "base"].sort());
        for (const { name, contexts } of targets) {
            const before = names.slice(0, names.indexOf(name));
            const needed = Object.values(contexts).filter((path) => path.startsWith("target:"));
            expect(before).toEqual(
                expect.arrayContaining(needed.map((path) => path.slice("target:".length))),
            );
        }
        const mozart = targets.find(({ name }) => name === "mozart");
        expect(mozart?.tags).toEqual(["registry.example.com/sar/mozart:1.2.3"]);
        expect(mozart?.contexts["release"]).toBe("/releases/1");
        expect(mozart?.args["VERSION"]).toBe("1.2.3");
    });

    it("names the base images that their Dockerfiles begin with", async () => {
        const targets = await bakeTargets({ PYTHON_IMAGE: "registry.example.com/python:3.12" });
        const bases = (wanted: string): string[] => {
            const found = targets.find(({ name }) => name === wanted);
            return baseImages(
                found?.context ?? "",
                found?.args ?? {},
                Object.keys(found?.contexts ?? {}),
            );
        };
        expect(bases("base")).toEqual(["registry.example.com/python:3.12"]);
        expect(bases("mozart")).toEqual(["registry.example.com/python:3.12"]);
        expect(bases("hysds-ui")).toEqual([
            expect.stringMatching(/\/node:\d+\.\d+\.\d+-trixie-slim$/),
            expect.stringMatching(/\/nginx-unprivileged:\d+\.\d+\.\d+-alpine$/),
        ]);
    });
});
