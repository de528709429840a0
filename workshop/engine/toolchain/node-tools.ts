import { type GoBuild, goArch, kubernetesRelease, type Machine, type Tool } from "./catalog";
import { KUBERNETES_VERSION } from "./versions";

const CONTAINERD_VERSION = "2.4.2";
const RUNC_VERSION = "1.5.3";
const CNI_PLUGINS_VERSION = "1.10.0";
const COREDNS_VERSION = "1.15.0";
const PAUSE_VERSION = "1";

/** Names of the tools that a Linux machine needs to be a Kubernetes node. */
export type NodeToolId = "node" | "containerd" | "runc" | "cni-plugins" | "coredns" | "pause";

/** What makes a Linux machine a node of the embedded control plane. No stack needs it; tests do. */
export function nodeToolCatalog(machine: Machine = process): Tool[] {
    return [
        kubernetesNode(machine),
        containerd(machine),
        runc(machine),
        cniPlugins(machine),
        coredns(machine),
        pause(),
    ];
}

function kubernetesNode(machine: Machine): Tool {
    return {
        id: "node",
        title: `kubelet, kube-proxy v${KUBERNETES_VERSION}`,
        ...kubernetesRelease(machine, "node", ["kubelet", "kube-proxy"]),
    };
}

function githubRelease(repository: string, version: string, file: string): string {
    return `https://github.com/${repository}/releases/download/v${version}/${file}`;
}

function containerd(machine: Machine): Tool {
    const binaries = ["containerd", "containerd-shim-runc-v2", "ctr"];
    const file = `containerd-${CONTAINERD_VERSION}-linux-${goArch(machine)}.tar.gz`;
    const url = githubRelease("containerd/containerd", CONTAINERD_VERSION, file);
    const variables = {
        "github.com/containerd/containerd/v2/version.Version": CONTAINERD_VERSION,
    };
    return {
        id: "containerd",
        title: `containerd v${CONTAINERD_VERSION}`,
        version: CONTAINERD_VERSION,
        binaries,
        versionArgs: ["--version"],
        downloads: [{ url, kind: "archive", sha256Url: `${url}.sha256sum` }],
        builds: binaries.map((name) => ({
            module: "containerd",
            package: `github.com/containerd/containerd/v2/cmd/${name}`,
            output: name,
            variables,
        })),
    };
}

function runc(machine: Machine): Tool {
    const file = `runc.${goArch(machine)}`;
    const url = githubRelease("opencontainers/runc", RUNC_VERSION, file);
    return {
        id: "runc",
        title: `runc v${RUNC_VERSION}`,
        version: RUNC_VERSION,
        binaries: ["runc"],
        versionArgs: ["--version"],
        downloads: [{ url, kind: "executable", saveAs: "runc" }],
        builds: [
            {
                module: "runc",
                package: "github.com/opencontainers/runc",
                output: "runc",
                // Without it, runc refuses every pod that asks for the default seccomp profile.
                tags: ["seccomp"],
            },
        ],
    };
}

function cniPlugins(machine: Machine): Tool {
    const file = `cni-plugins-linux-${goArch(machine)}-v${CNI_PLUGINS_VERSION}.tgz`;
    const url = githubRelease("containernetworking/plugins", CNI_PLUGINS_VERSION, file);
    const packages = ["ipam/host-local", "main/bridge", "main/loopback"];
    const builds: GoBuild[] = packages.map((name) => ({
        module: "cni-plugins",
        package: `github.com/containernetworking/plugins/plugins/${name}`,
        output: name.slice(name.indexOf("/") + 1),
        variables: {
            "github.com/containernetworking/plugins/pkg/utils/buildversion.BuildVersion": `v${CNI_PLUGINS_VERSION}`,
        },
    }));
    return {
        id: "cni-plugins",
        title: `CNI plugins v${CNI_PLUGINS_VERSION}`,
        version: CNI_PLUGINS_VERSION,
        binaries: builds.map(({ output }) => output),
        versionArgs: ["--version"],
        downloads: [{ url, kind: "archive", sha256Url: `${url}.sha256` }],
        builds,
    };
}

function coredns(machine: Machine): Tool {
    const file = `coredns_${COREDNS_VERSION}_linux_${goArch(machine)}.tgz`;
    const url = githubRelease("coredns/coredns", COREDNS_VERSION, file);
    return {
        id: "coredns",
        title: `CoreDNS v${COREDNS_VERSION}`,
        version: COREDNS_VERSION,
        binaries: ["coredns"],
        versionArgs: ["-version"],
        downloads: [{ url, kind: "archive", sha256Url: `${url}.sha256` }],
        builds: [{ module: "coredns", package: ".", output: "coredns" }],
    };
}

function pause(): Tool {
    return {
        id: "pause",
        title: "The pods' pause program",
        version: PAUSE_VERSION,
        binaries: ["pause"],
        versionArgs: ["--version"],
        downloads: [],
        builds: [{ module: "pause", package: ".", output: "pause" }],
    };
}
