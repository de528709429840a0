import * as fs from "node:fs";
import * as path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { stringify } from "yaml";
import type { NodeBinaries } from "./binaries";
import type { Layout } from "./layout";
import type { Network } from "./network";

/** What pods and the node's programs reach on this machine's address of the bridge. */
export const API_SERVER_PORT = 6443;
export const REGISTRY_PORT = 5000;

export const PAUSE_IMAGE = "localhost/pause:1";
const CLUSTER_DOMAIN = "cluster.local";

export interface ConfigurationArgs {
    readonly layout: Layout;
    readonly network: Network;
    readonly binaries: NodeBinaries;
    /** The administrator's, of the API server on loopback. */
    readonly kubeconfig: string;
    readonly cgroup: string;
}

/** Writes the configuration of containerd, CNI, kubelet, kube-proxy and CoreDNS. */
export function writeConfiguration(args: ConfigurationArgs): void {
    const { layout, network } = args;
    const files: Record<string, string> = {
        kubeconfig: kubeconfig(args),
        "containerd.toml": containerd(args),
        "cni/10-bridge.conflist": JSON.stringify(cni(network), undefined, 2),
        "certs.d/_default/hosts.toml": mirror(network),
        "kubelet.yaml": stringify(kubelet(args)),
        "kube-proxy.yaml": stringify(kubeProxy(args)),
        Corefile: corefile(args),
        "resolv.conf": `nameserver ${network.bridgeAddress}\n`,
    };
    for (const [name, content] of Object.entries(files)) {
        const file = path.join(layout.config, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, content, { mode: 0o600 });
    }
    // Pods whose dnsPolicy is Default read it as whoever they run as.
    fs.chmodSync(path.join(layout.config, "resolv.conf"), 0o644);
}

/** The API server's certificate is for the names that pods know it by. */
function kubeconfig({ kubeconfig: file, network }: ConfigurationArgs): string {
    const config = new KubeConfig();
    config.loadFromFile(file);
    const cluster = config.getCurrentCluster();
    const user = config.getCurrentUser();
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "node",
        contexts: [{ name: "node", context: { cluster: "node", user: "node" } }],
        users: [{ name: "node", user: { token: user?.token } }],
        clusters: [
            {
                name: "node",
                cluster: {
                    server: `https://${network.hostAddress}:${API_SERVER_PORT}`,
                    "tls-server-name": "kubernetes.default.svc",
                    "certificate-authority-data": cluster?.caData,
                },
            },
        ],
    });
}

/** https://github.com/containerd/containerd/blob/main/docs/cri/config.md */
function containerd({ layout, binaries }: ConfigurationArgs): string {
    return `version = 3

[grpc]
address = "/run/containerd/containerd.sock"

[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = "${PAUSE_IMAGE}"

[plugins.'io.containerd.cri.v1.images'.registry]
config_path = "${layout.config}/certs.d"

[plugins.'io.containerd.cri.v1.runtime']
# Where root may not lower a score (no CAP_SYS_RESOURCE), runc could start no pod.
restrict_oom_score_adj = true
enable_unprivileged_ports = true
enable_unprivileged_icmp = true

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
BinaryName = "${binaries.runc}"
SystemdCgroup = false

[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ["${binaries.cniPlugins}"]
conf_dir = "${layout.config}/cni"
`;
}

/** The bridge is there before the first pod; without NAT, as there is no outside. */
function cni(network: Network): object {
    return {
        cniVersion: "1.0.0",
        name: "hysds",
        plugins: [
            {
                type: "bridge",
                bridge: "pods",
                isGateway: true,
                // A pod may call the Service that it is behind.
                hairpinMode: true,
                ipam: {
                    type: "host-local",
                    ranges: [
                        [
                            {
                                subnet: network.podRange,
                                rangeStart: network.firstPod,
                                rangeEnd: network.lastPod,
                                gateway: network.bridgeAddress,
                            },
                        ],
                    ],
                    routes: [{ dst: "0.0.0.0/0" }],
                },
            },
        ],
    };
}

/** One registry stands for all of them. */
function mirror(network: Network): string {
    return `[host."http://${network.hostAddress}:${REGISTRY_PORT}"]
capabilities = ["pull", "resolve"]
`;
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function kubelet({ layout, network, cgroup }: ConfigurationArgs): object {
    return {
        apiVersion: "kubelet.config.k8s.io/v1beta1",
        kind: "KubeletConfiguration",
        containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock",
        address: network.bridgeAddress,
        // The API server has no client certificate; the firewall lets nobody else call the kubelet.
        authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
        authorization: { mode: "AlwaysAllow" },
        clusterDomain: CLUSTER_DOMAIN,
        clusterDNS: [network.bridgeAddress],
        resolvConf: path.join(layout.config, "resolv.conf"),
        cgroupDriver: "cgroupfs",
        cgroupRoot: `/${cgroup}`,
        enforceNodeAllocatable: [],
        failCgroupV1: false,
        failSwapOn: false,
        makeIPTablesUtilChains: false,
        volumePluginDir: "/var/lib/kubelet/volume-plugins",
        maxPods: 200,
        registryPullQPS: 0,
        serializeImagePulls: false,
        // The disk is shared with whatever else this machine does.
        imageGCHighThresholdPercent: 100,
        evictionHard: {
            "memory.available": "100Mi",
            "nodefs.available": "100Mi",
            "imagefs.available": "100Mi",
        },
    };
}

/** https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
function kubeProxy({ layout, network }: ConfigurationArgs): object {
    return {
        apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
        kind: "KubeProxyConfiguration",
        mode: "nftables",
        clusterCIDR: network.podRange,
        healthzBindAddress: `${network.bridgeAddress}:10256`,
        clientConnection: { kubeconfig: path.join(layout.config, "kubeconfig") },
        // Only the machine's first network namespace may set these.
        conntrack: {
            maxPerCore: 0,
            min: 0,
            tcpCloseWaitTimeout: "0s",
            tcpEstablishedTimeout: "0s",
        },
    };
}

/** Names outside of the cluster do not exist here. */
function corefile({ layout, network }: ConfigurationArgs): string {
    return `(common) {
    bind ${network.bridgeAddress}
    errors
    cache 5
}

${CLUSTER_DOMAIN}:53 in-addr.arpa:53 ip6.arpa:53 {
    import common
    kubernetes ${CLUSTER_DOMAIN} in-addr.arpa ip6.arpa {
        kubeconfig ${layout.config}/kubeconfig
        ttl 5
    }
}

.:53 {
    import common
    template ANY ANY {
        rcode NXDOMAIN
    }
}
`;
}
