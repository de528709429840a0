import { execa, ExecaError } from "execa";
import { ImageServices } from "./services";

/** One image to build. */
export interface Build {
    /** Reference under which it is pulled, as manifests and Dockerfiles name it. */
    readonly reference: string;
    /** Directory of the Dockerfile. */
    readonly dockerfile: string;
    /** Directory of the main build context; the Dockerfile's own by default. */
    readonly context?: string;
    /** Named contexts that are directories. */
    readonly directories?: Readonly<Record<string, string>>;
    /** Named contexts that are images of our registry, by reference. */
    readonly images?: Readonly<Record<string, string>>;
    readonly args?: Readonly<Record<string, string>>;
    /** File to write the image to, as `docker load` reads it, instead of pushing it. */
    readonly archive?: string;
}

/** Lines of a failed build that its error shows. */
const SHOWN_LINES = 40;

/** Variables of a machine behind a proxy that every step of a build is given, and no image keeps. */
const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

/**
 * The reference without its registry: where a mirror of that registry has it. containerd and BuildKit ask mirrors so.
 * https://github.com/containerd/containerd/blob/main/docs/hosts.md
 */
export function mirrored(reference: string): string {
    return reference.slice(reference.indexOf("/") + 1);
}

/**
 * Builds an image for amd64, and pushes it to the registry or writes its archive.
 *
 * @throws Error with the end of BuildKit's output when a step fails
 */
export async function buildImage(services: ImageServices, build: Build): Promise<void> {
    const { buildctl, registry } = services;
    const [client, ...address] = buildctl;
    try {
        await execa(client, [...address, "build", ...buildArguments(build, registry)], {
            all: true,
            stdin: "ignore",
        });
    } catch (error) {
        const output = error instanceof ExecaError ? String(error.all) : String(error);
        const end = output.split("\n").slice(-SHOWN_LINES).join("\n");
        throw new Error(`${build.reference} cannot be built:\n${end}`, { cause: error });
    }
}

/** Layers are compressed as little as may be: they go no further than this machine. */
function buildArguments(build: Build, registry: string): string[] {
    const { dockerfile, context = dockerfile, directories = {}, images = {}, args = {} } = build;
    const proxies = PROXY_VARIABLES.flatMap((name) => {
        const value = process.env[name] ?? process.env[name.toLowerCase()];
        return value === undefined ? [] : [[name, value] as const];
    });
    const options = [
        ["platform", "linux/amd64"],
        ...[...proxies, ...Object.entries(args)].map(([key, value]) => [`build-arg:${key}`, value]),
        ...Object.keys(directories).map((name) => [`context:${name}`, `local:${name}`]),
        ...Object.entries(images).map(([name, image]) => [
            `context:${name}`,
            `docker-image://${registry}/${mirrored(image)}`,
        ]),
    ];
    const locals = { ...directories, context, dockerfile };
    const output: Readonly<Record<string, string>> = build.archive
        ? { type: "docker", name: build.reference, dest: build.archive }
        : {
              type: "image",
              name: `${registry}/${mirrored(build.reference)}`,
              push: "true",
              compression: "zstd",
              "compression-level": "1",
          };
    const text = (record: Readonly<Record<string, string>>): string[] =>
        Object.entries(record).map(([key, value]) => `${key}=${value}`);
    return [
        "--progress=plain",
        "--frontend=dockerfile.v0",
        ...options.map((option) => `--opt=${option.join("=")}`),
        ...text(locals).map((local) => `--local=${local}`),
        `--output=${text(output).join(",")}`,
    ];
}
