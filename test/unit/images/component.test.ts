import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { imageReference } from "../../../components/hysds/images";
import { createImages } from "../../../components/images";
import { IMAGES } from "../../../components/kubernetes/images";
import { HYSDS_REPOSITORIES } from "../../../components/images/repositories";
import { reveal } from "../../../workshop/plan/secret";
import { SIMULATED_SECRET } from "../../../workshop/plan/simulated-outputs";
import { ImageSettings, Settings } from "../../../components/settings/settings";
import { SAR_POOL } from "../../support/hysds";
import { Registered, registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

const REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com/hysds/dev";
const DIGEST =
    /^123456789012\.dkr\.ecr\.us-west-2\.amazonaws\.com\/hysds\/dev\/[\w-]+:1\.2\.3@sha256:/;

const CONFIGURED: ImageSettings = {
    registry: REGISTRY,
    tag: "1.2.3",
    overrides: {},
    build: { release: { directory: "release" } },
};

async function build(
    changes: Partial<Settings> = {},
): Promise<{ readonly resources: Registered; readonly settings: Settings }> {
    const settings = awsSettings({ images: CONFIGURED, ...changes });
    let images = settings.images;
    const resources = await registered(() => {
        images = createImages(settings);
    });
    return { resources, settings: { ...settings, images } };
}

const value = <T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> =>
    new Promise((resolve) => pulumi.output(input).apply(resolve));

const IMAGE = "docker-build:index:Image";

describe("imageBuild ecr", () => {
    it("makes the stack refer to what it built, by digest", async () => {
        const { settings } = await build();
        for (const name of IMAGES.own) {
            const reference = await value(imageReference(name, settings));
            expect(reference).toMatch(DIGEST);
            expect(reference).toContain(`/${name}:`);
        }
    });

    it("builds no user interface where the stack has none", async () => {
        const { hysds } = awsSettings();
        const { resources } = await build({ hysds: { ...hysds, ui: false } });
        const built = resources.ofType(IMAGE).map(({ name }) => name);
        expect(built.sort()).toEqual(
            ["base", ...IMAGES.own.filter((name) => IMAGES.isPython(name))]
                .map((name) => `images-${name}`)
                .sort(),
        );
    });

    it("leaves alone what an override names", async () => {
        const overrides = { pele: "registry.example.org/pele:1.0.0" };
        const { settings } = await build({ images: { ...CONFIGURED, overrides } });
        expect(await value(imageReference("pele", settings))).toBe(overrides.pele);
        expect(await value(imageReference("grq2", settings))).toMatch(DIGEST);
    });

    it("makes repositories with scans, encryption and tags that stay", async () => {
        const { resources } = await build();
        const repositories = resources.ofType("aws:ecr/repository:Repository");
        expect(repositories.map(({ inputs }) => inputs.name).sort()).toEqual(
            ["base", ...IMAGES.own].map((name) => `hysds/dev/${name}`).sort(),
        );
        for (const { name } of repositories) {
            expect(resources.inputs("aws:ecr/repository:Repository", name)).toMatchObject({
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [{ encryptionType: "KMS" }],
                forceDelete: false,
            });
            const { policy } = resources.inputs("aws:ecr/lifecyclePolicy:LifecyclePolicy", name);
            expect(JSON.parse(policy as string)).toMatchObject({
                rules: [{ action: { type: "expire" } }, { action: { type: "expire" } }],
            });
        }
    });

    it("lets a stack without protection take its images along", async () => {
        const { resources } = await build({ protect: false });
        const { forceDelete } = resources.inputs("aws:ecr/repository:Repository", "images-core");
        expect(forceDelete).toBe(true);
    });

    it("gives repositories the stack's tags", async () => {
        const { resources } = await build({ tags: { project: "sar" } });
        const { tags } = resources.inputs("aws:ecr/repository:Repository", "images-core");
        expect(tags).toEqual({ project: "sar" });
    });

    it("builds and pushes with the deployment, not with its preview", async () => {
        const { resources } = await build();
        expect(resources.inputs(IMAGE, "images-mozart")).toMatchObject({
            context: {
                location: "images/mozart",
                named: {
                    base: {
                        location: expect.stringMatching(
                            /^docker-image:\/\/.*\/base:1\.2\.3@/,
                        ) as string,
                    },
                    release: { location: "release" },
                    locks: { location: "images/base" },
                },
            },
            tags: [`${REGISTRY}/mozart:1.2.3`],
            push: true,
            buildOnPreview: false,
        });
    });

    it("builds for the processors of the nodes", async () => {
        const { resources } = await build();
        expect(resources.inputs(IMAGE, "images-core").platforms).toEqual([
            "linux/amd64",
            "linux/arm64",
        ]);
        const nodes = { ...awsPlatform().jobNodes, instanceTypes: ["m7i.xlarge"] };
        const alike = await build({ platform: awsPlatform({ jobNodes: nodes }) });
        expect(alike.resources.inputs(IMAGE, "images-core").platforms).toEqual(["linux/amd64"]);
    });

    it("builds for the processors of the nodes that worker pools have of their own", async () => {
        const nodes = { ...awsPlatform().jobNodes, instanceTypes: ["m7i.xlarge"] };
        const { hysds } = awsSettings();
        const workers = [{ ...SAR_POOL, instanceTypes: ["m7gd.2xlarge"] }];
        const { resources } = await build({
            platform: awsPlatform({ jobNodes: nodes }),
            hysds: { ...hysds, workers },
        });
        expect(resources.inputs(IMAGE, "images-core").platforms).toEqual([
            "linux/amd64",
            "linux/arm64",
        ]);
    });

    it("keeps the registry's password secret", async () => {
        const { resources } = await build();
        const inputs = resources.ofType(IMAGE).map((each) => each.inputs);
        expect(JSON.stringify(reveal(inputs))).toContain(SIMULATED_SECRET);
        expect(JSON.stringify(inputs)).not.toContain(SIMULATED_SECRET);
    });
});

describe("imageBuild ecr from Git", () => {
    const url = "https://git.example.org/hysds";
    const build_ = { release: { url, refs: { hysds: "feature/x" } } };

    it("builds HySDS's own code from the refs that are named, the others as they were tried", async () => {
        const { resources } = await build({ images: { ...CONFIGURED, build: build_ } });
        const { context, tags, push } = resources.inputs(IMAGE, "images-release");
        expect({ tags, push }).toEqual({ tags: [`${REGISTRY}/release:1.2.3`], push: true });
        expect(context).toEqual({
            location: "images/release",
            named: {
                locks: { location: "images/base" },
                ...Object.fromEntries(
                    Object.entries({ ...HYSDS_REPOSITORIES, hysds: "feature/x" }).map(
                        ([name, ref]) => [name, { location: `${url}/${name}.git#${ref}` }],
                    ),
                ),
            },
        });
    });

    it("gives what was built to the images that read it, in whatever version it is", async () => {
        const { resources } = await build({ images: { ...CONFIGURED, build: build_ } });
        for (const image of ["base", "mozart", "grq2", "pele", "hysds-ui"]) {
            expect(resources.inputs(IMAGE, `images-${image}`)).toMatchObject({
                context: {
                    named: {
                        release: {
                            location: expect.stringMatching(
                                /^docker-image:\/\/.*\/release:1\.2\.3@/,
                            ) as string,
                        },
                    },
                },
            });
        }
        expect(resources.inputs(IMAGE, "images-base").buildArgs).toEqual({
            VERSION: "1.2.3",
            PROV_ES_VERSION: "",
            OSAKA_VERSION: "",
            HYSDS_COMMONS_VERSION: "",
            HYSDS_VERSION: "",
        });
    });

    it("is nothing that the stack runs", async () => {
        const { settings } = await build({ images: { ...CONFIGURED, build: build_ } });
        expect(Object.keys(settings.images.overrides).sort()).toEqual([...IMAGES.own].sort());
    });
});

describe("imageBuild none", () => {
    it("makes nothing, and refers to the registry", async () => {
        const { resources, settings } = await build({
            images: { ...CONFIGURED, build: undefined },
        });
        expect(resources.ofType(IMAGE)).toEqual([]);
        expect(imageReference("core", settings)).toBe(`${REGISTRY}/core:1.2.3`);
    });
});
