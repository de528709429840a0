import type { ImageToolId } from "./image-tools";
import type { NodeToolId } from "./node-tools";
import { ETCD_VERSION, KUBERNETES_VERSION, KWOK_VERSION, lockedVersion } from "./versions";

/** One `go build` in `workshop/engine/go/<module>`. */
export interface GoBuild {
    /** Folder below `workshop/engine/go`. */
    readonly module: string;
    /** Package to build; `.` is the module's own main. */
    readonly package: string;
    /** File name of the executable. */
    readonly output: string;
    /** Values set at link time, by the full name of the Go variable. */
    readonly variables?: Readonly<Record<string, string>>;
    /** Build tags, as `go build -tags` takes them. */
    readonly tags?: readonly string[];
    /** Names of symbolic links to the executable, made beside it. */
    readonly links?: readonly string[];
    /** Generated JSON files that the main embeds, copied from a dependency with fields added. */
    readonly embeds?: readonly EmbeddedJson[];
}

/** A JSON file taken from a Go module and embedded in an executable. */
export interface EmbeddedJson {
    readonly fromModule: string;
    readonly path: string;
    readonly saveAs: string;
    /** Top-level fields to add or overwrite. */
    readonly set?: Readonly<Record<string, string>>;
}

/** A file the project's publisher offers for download. */
export interface Download {
    readonly url: string;
    /** `archive` is unpacked and the tool's binaries are taken from it; `executable` is saved as is. */
    readonly kind: "archive" | "executable";
    /** For `executable`: the file name to save under. */
    readonly saveAs?: string;
    /** Address of a file that holds the download's SHA-256 sum. */
    readonly sha256Url?: string;
}

export type ToolId =
    | "pulumi"
    | "kubernetes-provider"
    | "random-provider"
    | "control-plane"
    | "etcd"
    | "kwok"
    | ImageToolId
    | NodeToolId;

/** A tool, and every way to obtain it. */
export interface Tool {
    readonly id: ToolId;
    readonly title: string;
    readonly version: string;
    /** Executables that make the tool complete. */
    readonly binaries: readonly string[];
    /** Arguments that make each binary print its version; absent for plugins. */
    readonly versionArgs?: readonly string[];
    /** The name of the resource plugin, for tools that are one. */
    readonly plugin?: string;
    readonly downloads: readonly Download[];
    readonly builds: readonly GoBuild[];
    /** TypeScript program of ours that stands in where nothing else can be had. */
    readonly standIn?: string;
}

/** The machine a download is for, in Node.js' terms. */
export interface Machine {
    readonly platform: string;
    readonly arch: string;
}

const PULUMI_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The six tools, in the order they are made ready. */
export function toolCatalog(machine: Machine = process): Tool[] {
    return [
        pulumiCli(machine, lockedVersion("@pulumi/pulumi")),
        kubernetesProvider(machine, lockedVersion("@pulumi/kubernetes")),
        randomProvider(machine, lockedVersion("@pulumi/random")),
        controlPlane(machine),
        etcd(machine),
        kwok(machine),
    ];
}

/** The machine's processor in Go's terms, as most releases name their files. */
export function goArch(machine: Machine): string {
    return machine.arch === "x64" ? "amd64" : machine.arch;
}

function pulumiCli(machine: Machine, version: string): Tool {
    const variables = { [PULUMI_VERSION_VARIABLE]: `v${version}` };
    const file = `pulumi-v${version}-${machine.platform}-${machine.arch}.tar.gz`;
    return {
        id: "pulumi",
        title: `Pulumi CLI and Node.js language host v${version}`,
        version,
        binaries: ["pulumi", "pulumi-language-nodejs"],
        versionArgs: ["version"],
        downloads: [{ url: `https://get.pulumi.com/releases/sdk/${file}`, kind: "archive" }],
        builds: [
            {
                module: "pulumi",
                package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
                output: "pulumi",
                variables,
            },
            {
                module: "pulumi",
                package: "./language-host",
                output: "pulumi-language-nodejs",
                variables,
            },
        ],
    };
}

function pluginDownload(machine: Machine, name: string, version: string): Download {
    const file = `pulumi-resource-${name}-v${version}-${machine.platform}-${goArch(machine)}.tar.gz`;
    return { url: `https://get.pulumi.com/releases/plugins/${file}`, kind: "archive" };
}

function kubernetesProvider(machine: Machine, version: string): Tool {
    const fromModule = "github.com/pulumi/pulumi-kubernetes/provider/v4";
    const folder = "cmd/pulumi-resource-kubernetes";
    return {
        id: "kubernetes-provider",
        title: `Pulumi Kubernetes provider v${version}`,
        version,
        binaries: ["pulumi-resource-kubernetes"],
        plugin: "kubernetes",
        downloads: [pluginDownload(machine, "kubernetes", version)],
        builds: [
            {
                module: "kubernetes-provider",
                package: ".",
                output: "pulumi-resource-kubernetes",
                variables: { [`${fromModule}/pkg/version.Version`]: version },
                embeds: [
                    {
                        fromModule,
                        path: `${folder}/schema.json`,
                        saveAs: "schema-embed.json",
                        set: { version },
                    },
                    {
                        fromModule,
                        path: `${folder}/terraform-mapping.json`,
                        saveAs: "terraform-mapping-embed.json",
                    },
                ],
            },
        ],
    };
}

function randomProvider(machine: Machine, version: string): Tool {
    return {
        id: "random-provider",
        title: `Pulumi random provider v${version}`,
        version,
        binaries: ["pulumi-resource-random"],
        plugin: "random",
        downloads: [pluginDownload(machine, "random", version)],
        builds: [],
        standIn: "workshop/engine/providers/random/main.ts",
    };
}

function controlPlane(machine: Machine): Tool {
    const names = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"];
    return {
        id: "control-plane",
        title: `kube-apiserver, kube-controller-manager, kube-scheduler v${KUBERNETES_VERSION}`,
        ...kubernetesRelease(machine, "control-plane", names),
    };
}

/**
 * Where Kubernetes' own executables are had: its release, or one build of `workshop/engine/go/<module>` that
 * is all of them, by the name it is called by.
 */
export function kubernetesRelease(
    machine: Machine,
    module: string,
    names: readonly string[],
): Omit<Tool, "id" | "title"> {
    const version = KUBERNETES_VERSION;
    const [major = "", minor = ""] = version.split(".");
    const base = `https://dl.k8s.io/v${version}/bin/linux/${goArch(machine)}`;
    const release = names.map((name) => ({
        url: `${base}/${name}`,
        kind: "executable" as const,
        saveAs: name,
        sha256Url: `${base}/${name}.sha256`,
    }));
    return {
        version,
        binaries: names,
        versionArgs: ["--version"],
        downloads: machine.platform === "linux" ? release : [],
        builds: [
            {
                module,
                package: ".",
                output: module,
                variables: {
                    "k8s.io/component-base/version.gitVersion": `v${version}`,
                    "k8s.io/component-base/version.gitMajor": major,
                    "k8s.io/component-base/version.gitMinor": minor,
                },
                links: names,
            },
        ],
    };
}

function etcd(machine: Machine): Tool {
    const file = `etcd-v${ETCD_VERSION}-linux-${goArch(machine)}.tar.gz`;
    const url = `https://github.com/etcd-io/etcd/releases/download/v${ETCD_VERSION}/${file}`;
    return {
        id: "etcd",
        title: `etcd v${ETCD_VERSION}`,
        version: ETCD_VERSION,
        binaries: ["etcd"],
        versionArgs: ["--version"],
        downloads: machine.platform === "linux" ? [{ url, kind: "archive" }] : [],
        builds: [{ module: "etcd", package: "go.etcd.io/etcd/server/v3", output: "etcd" }],
    };
}

function kwok(machine: Machine): Tool {
    const repository = "https://github.com/kubernetes-sigs/kwok";
    const file = `kwok-${machine.platform}-${goArch(machine)}`;
    return {
        id: "kwok",
        title: `kwok v${KWOK_VERSION}`,
        version: KWOK_VERSION,
        binaries: ["kwok"],
        versionArgs: ["--version"],
        downloads: [
            {
                url: `${repository}/releases/download/v${KWOK_VERSION}/${file}`,
                kind: "executable",
                saveAs: "kwok",
            },
        ],
        builds: [{ module: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok", output: "kwok" }],
    };
}
