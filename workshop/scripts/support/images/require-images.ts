import { V1Node } from "@kubernetes/client-node";
import { EngineError } from "../../../engine/errors";
import { OnProgress } from "../../../engine/progress";
import { buildImages, hasRelease } from "./build";
import { familiar, NeededImages, referenceOf } from "./needed";
import { Programs } from "./programs";
import { clusterImages, ClusterImages, DockerStore } from "./runtimes";

export interface RequireImagesArgs {
    /** Context of the kubeconfig, for messages. */
    readonly context: string;
    readonly needed: NeededImages;
    /** All nodes of the cluster. */
    readonly nodes: readonly V1Node[];
    /** Build and load without asking. */
    readonly build: boolean;
    /** Asks a question that is answered by yes or no; absent when nobody is there to ask. */
    readonly ask?: (question: string) => Promise<boolean>;
    readonly onProgress: OnProgress;
    readonly env: NodeJS.ProcessEnv;
}

/**
 * Looks whether the images that no registry has are in the cluster; builds what is missing and loads it, after it has
 * asked. Nodes that kwok simulates need none.
 *
 * @throws EngineError with the command to type, when images are missing and stay so
 */
export async function requireImages(args: RequireImagesArgs): Promise<void> {
    const { needed, onProgress } = args;
    const nodes = args.nodes.filter((node) => !isSimulated(node));
    const names = needed.names.filter(
        (name) => !nodes.every((node) => lists(node, referenceOf(needed, name))),
    );
    if (names.length === 0) {
        return;
    }
    const programs = new Programs(args.env);
    const cluster = clusterImages(nodes, programs);
    if (!cluster) {
        throw new EngineError(`${absence(args, names)}, and ${PUSH}`);
    }
    const missing = await missingIn(cluster, needed, names);
    if (missing.length > 0) {
        onProgress(`${cluster.kind} lacks images: ${missing.join(", ")}`);
        await provide(args, { cluster, programs, missing, nodes });
    }
}

interface Provision {
    readonly cluster: ClusterImages;
    readonly programs: Programs;
    readonly missing: readonly string[];
    readonly nodes: readonly V1Node[];
}

async function provide(
    args: RequireImagesArgs,
    { cluster, programs, missing, nodes }: Provision,
): Promise<void> {
    const { needed } = args;
    const unbuilt = await missingIn(new DockerStore(programs), needed, missing);
    await permit(args, missing, unbuilt.length > 0);
    if (unbuilt.length > 0) {
        const architecture = nodes[0]?.status?.nodeInfo?.architecture ?? "amd64";
        await buildImages(programs, unbuilt, needed, architecture);
    }
    await cluster.load(missing.map((name) => referenceOf(needed, name)));
    const still = await missingIn(cluster, needed, missing);
    if (still.length > 0) {
        throw new EngineError(`${absence(args, still)} after loading them, and ${PUSH}`);
    }
    args.onProgress(`${cluster.kind} has ${missing.length} images more`);
}

/** @throws EngineError with the command to type, where it may not go on */
async function permit(
    args: RequireImagesArgs,
    missing: readonly string[],
    toBuild: boolean,
): Promise<void> {
    const { context, build, ask, env } = args;
    const command = `npm start -- --context ${context} --build`;
    if (toBuild && !hasRelease(env)) {
        throw new EngineError(
            `${absence(args, missing)}: "SOURCE=<Git base URL of HySDS> ${command}" builds and loads them (docs/images.md)`,
        );
    }
    const what = toBuild ? "Build and load" : "Load";
    const agreed = build || (await ask?.(`${what} ${missing.length} images of HySDS?`));
    if (!agreed) {
        throw new EngineError(`${absence(args, missing)}: "${command}" does that`);
    }
}

/** What a person does whose cluster takes images from registries only. */
const PUSH = [
    "it takes images from a registry only: push them to one of yours and name it,",
    '"REGISTRY=<registry> docker buildx bake --file images/docker-bake.hcl --push &&',
    'npm run pulumi -- config set hysds:imageRegistry <registry> --stack local"',
].join(" ");

function absence(
    { context, needed }: RequireImagesArgs,
    [first, ...others]: readonly string[],
): string {
    const reference = first === undefined ? "" : referenceOf(needed, first);
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    return `the cluster of context "${context}" does not have ${reference}${more}`;
}

async function missingIn(
    place: ClusterImages,
    needed: NeededImages,
    names: readonly string[],
): Promise<string[]> {
    const missing = await place.missing(names.map((name) => referenceOf(needed, name)));
    return names.filter((name) => missing.includes(referenceOf(needed, name)));
}

/** A node lists the fifty largest of its images: what is not in the list may be there all the same. */
function lists({ status }: V1Node, reference: string): boolean {
    const names = status?.images?.flatMap((image) => image.names ?? []) ?? [];
    return names.some((name) => familiar(name) === familiar(reference));
}

function isSimulated({ metadata }: V1Node): boolean {
    return metadata?.annotations?.["kwok.x-k8s.io/node"] === "fake";
}
