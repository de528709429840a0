import { parse } from "@cdktn/hcl2json";
import { beforeAll, describe, expect, it } from "vitest";
import { BUILD_CONTEXTS } from "../../../components/images/contexts";
import { IMAGES } from "../../../components/kubernetes/images";
import { gitContexts, HYSDS_REPOSITORIES } from "../../../components/images/repositories";
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

const refOf = (repository: string): string => `${repository.toUpperCase()}_REF`;

/** The contexts of `release` in the bake file's own words. */
const fromGit = gitContexts({
    url: "${SOURCE}",
    refs: Object.fromEntries(
        Object.keys(HYSDS_REPOSITORIES).map((name) => [name, `\${${refOf(name)}}`]),
    ),
});

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
        expect(bake.group.default?.[0]?.targets).toEqual(IMAGES.own);
    });

    it("builds for both architectures", () => {
        expect(bake.variable.PLATFORMS?.[0]?.default).toEqual(["linux/amd64", "linux/arm64"]);
    });

    it.each(IMAGES.own)("tags %s as the stack refers to it", (image) => {
        expect(target(image).tags).toEqual([`\${REGISTRY}/${image}:\${TAG}`]);
        expect(target(image).inherits).toEqual(["_common"]);
    });

    it.each(Object.entries(BUILD_CONTEXTS))(
        "gives %s the build contexts that pulumi up gives it",
        (image, { from, release, locks }) => {
            expect(target(image).context).toBe(`images/${image}`);
            expect(target(image).contexts).toEqual({
                ...(from && { [from]: `target:${from}` }),
                ...(release && { release: "${_RELEASE}" }),
                ...(locks && { locks: "images/base" }),
                ...(image === "release" && fromGit),
            });
        },
    );

    it("takes the repositories at the versions that were tried together", () => {
        const defaults = Object.keys(HYSDS_REPOSITORIES).map((name) => [
            name,
            bake.variable[refOf(name)]?.[0]?.default,
        ]);
        expect(Object.fromEntries(defaults)).toEqual(HYSDS_REPOSITORIES);
    });

    it("names no place where HySDS comes from", () => {
        expect(bake.variable.SOURCE?.[0]?.default).toBe("");
    });

    it("has Dockerfiles that read no other build context", () => {
        for (const [image, { release, locks }] of Object.entries(BUILD_CONTEXTS)) {
            const repositories = image === "release" ? Object.keys(HYSDS_REPOSITORIES) : [];
            const dockerfile = imageFile(image, "Dockerfile");
            const read = [...dockerfile.matchAll(/from=(\w+)/g)].map(([, name]) => name ?? "");
            const stages = [...dockerfile.matchAll(/ AS (\w+)/g)].map(([, name]) => name ?? "");
            const contexts = [
                ...(release ? ["release"] : []),
                ...(locks ? ["locks"] : []),
                ...repositories,
            ];
            const wanted = read.filter((name) => !stages.includes(name));
            expect([...new Set(wanted)].sort()).toEqual(contexts.sort());
        }
    });
});
