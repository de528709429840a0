import { parse } from "@cdktn/hcl2json";
import { beforeAll, describe, expect, it } from "vitest";
import { BUILD_CONTEXTS, BuiltImage } from "../../../components/images/contexts";
import { HYSDS_IMAGES } from "../../../components/images/names";
import { imageFile } from "./support";

interface Target {
    readonly context: string;
    readonly inherits: readonly string[];
    readonly contexts: Readonly<Record<string, string>>;
    readonly tags?: readonly string[];
}

interface Bake {
    readonly variable: Readonly<Record<string, readonly { readonly default: unknown }[]>>;
    readonly group: Readonly<Record<string, readonly { readonly targets: readonly string[] }[]>>;
    readonly target: Readonly<Record<string, readonly Target[]>>;
}

describe("docker-bake.hcl", () => {
    let bake: Bake;

    beforeAll(async () => {
        bake = (await parse("docker-bake.hcl", imageFile("docker-bake.hcl"))) as Bake;
    });

    const target = (image: string): Target => {
        const found = bake.target[image]?.[0];
        if (!found) {
            throw new Error(`No target ${image}`);
        }
        return found;
    };

    it("builds every image of the table by default", () => {
        expect(bake.group.default?.[0]?.targets).toEqual(HYSDS_IMAGES);
    });

    it("builds for both architectures", () => {
        expect(bake.variable.PLATFORMS?.[0]?.default).toEqual(["linux/amd64", "linux/arm64"]);
    });

    it.each(HYSDS_IMAGES)("tags %s as the stack refers to it", (image) => {
        expect(target(image).tags).toEqual([`\${REGISTRY}/${image}:\${TAG}`]);
        expect(target(image).inherits).toEqual(["_common"]);
    });

    it.each(Object.keys(BUILD_CONTEXTS) as BuiltImage[])(
        "gives %s the build contexts that pulumi up gives it",
        (image) => {
            const { from, release, locks } = BUILD_CONTEXTS[image];
            expect(target(image).context).toBe(`images/${image}`);
            expect(target(image).contexts).toEqual({
                ...(from && { [from]: `target:${from}` }),
                ...(release && { release: "${RELEASE}" }),
                ...(locks && { locks: "images/base" }),
            });
        },
    );

    it("has Dockerfiles that read no other build context", () => {
        for (const [image, { release, locks }] of Object.entries(BUILD_CONTEXTS)) {
            const dockerfile = imageFile(image, "Dockerfile");
            const read = [...dockerfile.matchAll(/from=(\w+)/g)].map(([, name]) => name ?? "");
            const stages = [...dockerfile.matchAll(/ AS (\w+)/g)].map(([, name]) => name ?? "");
            const contexts = [...(release ? ["release"] : []), ...(locks ? ["locks"] : [])];
            const wanted = read.filter((name) => !stages.includes(name));
            expect([...new Set(wanted)].sort()).toEqual(contexts.sort());
        }
    });
});
