import { dirname } from "node:path";
import { elapsed, OnProgress } from "../../../../workshop/engine/progress";
import { BakeTarget, bakeTargets } from "./bake";
import { baseBuild } from "./bases";
import { Build, buildImage } from "./build";
import { baseImages } from "./dockerfile";
import { ImageServiceArgs, ImageServices, startServices } from "./services";
import { standInBuild } from "./stand-ins";

/** What is to be built. */
export interface BuildAllArgs {
    /** Directory with HySDS's own code, as docs/images.md lays it out. */
    readonly release: string;
    /** References of every image that the stack's manifests name, HySDS's `core` among them. */
    readonly images: readonly string[];
}

export interface ImageFactory {
    /** Host and port of the registry. */
    readonly registry: string;
    /** The mirror of every registry: without TLS, and with images at the paths that they have upstream. */
    readonly registryUrl: string;
    /** Builds each image and those that it is built on, pushes them, and resolves when the registry has all. */
    buildAll(args: BuildAllArgs): Promise<void>;
    /** Builds one image more, and pushes it: that of a test job, for example. */
    build(build: Build): Promise<void>;
    stop(): Promise<void>;
}

/**
 * Starts BuildKit and a registry on which the images under test are served: HySDS's own, from the project's Dockerfiles
 * as docker-bake.hcl has them built, and what stands for upstream's.
 */
export async function startImageServices(args: ImageServiceArgs): Promise<ImageFactory> {
    const services = await startServices(args);
    const build = (image: Build): Promise<void> => timed(services, image, args.onProgress);
    return {
        registry: services.registry,
        registryUrl: `http://${services.registry}`,
        buildAll: async (wanted) => {
            const targets = await ownTargets(wanted);
            const find = async (reference: string): Promise<Build> =>
                targets.get(reference) ??
                (await baseBuild(reference, args.dir)) ??
                (await standInBuild(reference));
            await new BuildGraph(find, build).ensure(wanted.images);
        },
        build,
        stop: () => services.stop(),
    };
}

async function timed(services: ImageServices, build: Build, say: OnProgress): Promise<void> {
    const start = Date.now();
    await buildImage(services, build);
    say(`${build.reference}: built in ${elapsed(Date.now() - start)}`);
}

/** Builds images after those that they are built on, each once, and side by side where they need not wait. */
class BuildGraph {
    private readonly begun = new Map<string, Promise<void>>();

    constructor(
        private readonly find: (reference: string) => Promise<Build>,
        private readonly build: (build: Build) => Promise<void>,
    ) {}

    /** @throws Error of the first image that failed, when no other is being built any more */
    async ensure(references: readonly string[]): Promise<void> {
        const all = await Promise.allSettled(references.map((reference) => this.once(reference)));
        const failed = all.find((result) => result.status === "rejected");
        if (failed !== undefined) {
            throw failed.reason;
        }
    }

    private once(reference: string): Promise<void> {
        const begun = this.begun.get(reference) ?? this.begin(reference);
        this.begun.set(reference, begun);
        return begun;
    }

    private async begin(reference: string): Promise<void> {
        const build = await this.find(reference);
        const { dockerfile, args = {}, directories = {}, images = {} } = build;
        const contexts = [...Object.keys(directories), ...Object.keys(images)];
        await this.ensure([...Object.values(images), ...baseImages(dockerfile, args, contexts)]);
        await this.build(build);
    }
}

/** HySDS's own images by reference; `base`, which has no tag, by the one that it would have. */
async function ownTargets({ images, release }: BuildAllArgs): Promise<Map<string, Build>> {
    const core = images.find((reference) => /\/core:[^/]+$/.test(reference));
    if (core === undefined) {
        throw new Error(`None of these is HySDS's image core: ${images.join(", ")}`);
    }
    const variables = {
        REGISTRY: dirname(core),
        TAG: core.slice(core.lastIndexOf(":") + 1),
        RELEASE: release,
    };
    const targets = await bakeTargets(variables);
    const referenceOf = (name: string): string => `${variables.REGISTRY}/${name}:${variables.TAG}`;
    return new Map(
        targets.flatMap((target) => {
            const build = ownBuild(target, referenceOf);
            return [build.reference, ...target.tags].map((reference) => [reference, build]);
        }),
    );
}

function ownBuild(target: BakeTarget, referenceOf: (name: string) => string): Build {
    const contexts = Object.entries(target.contexts);
    const prefix = "target:";
    return {
        reference: target.tags[0] ?? referenceOf(target.name),
        dockerfile: target.context,
        args: target.args,
        directories: Object.fromEntries(contexts.filter(([, path]) => !path.startsWith(prefix))),
        images: Object.fromEntries(
            contexts
                .filter(([, path]) => path.startsWith(prefix))
                .map(([name, path]) => [name, referenceOf(path.slice(prefix.length))]),
        ),
    };
}
