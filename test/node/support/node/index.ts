import * as fs from "node:fs";
import * as path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import type { ControlPlane } from "../../../../workshop/engine/control-plane";
import { elapsed, type OnProgress } from "../../../../workshop/engine/progress";
import type { NodeBinaries } from "./binaries";
import { cgroupOfThisProcess, makeCgroup, removeCgroup, removeStaleCgroups } from "./cgroups";
import { API_SERVER_PORT, PAUSE_IMAGE, REGISTRY_PORT, writeConfiguration } from "./configuration";
import { writeProgramImage } from "./image";
import { boot, type Layout, layoutOf } from "./layout";
import { lastLine, type Namespaces, startNamespaces } from "./namespaces";
import { type Network, pickNetwork } from "./network";
import { Provisioner } from "./provisioner";
import { publishApiServer, untilReady } from "./readiness";
import { type Relay, startRelay } from "./relay";
import { forgetStaleImages } from "./stale-images";
import { rememberTunables, restoreTunables } from "./tunables";

export { ensureNodeBinaries, type NodeBinaries } from "./binaries";
export { type ProgramImage, writeProgramImage } from "./image";

export interface RealNodeOptions {
    /** Folder for images, volumes and logs; created when missing. The first two are kept from one start to the next. */
    readonly dir: string;
    /** The control plane that the node joins. */
    readonly controlPlane: Pick<ControlPlane, "kubeconfigPath" | "serverUrl">;
    readonly tools: NodeBinaries;
    /** The registry on loopback that stands for every registry, by plain HTTP. Without one, no image can be pulled. */
    readonly registry?: { readonly url: string };
    readonly onProgress: OnProgress;
    /** Name of the Node object. Default `real`. */
    readonly name?: string;
}

/** A machine in namespaces of its own: containerd, kubelet, kube-proxy, cluster DNS and volumes. */
export interface RealNode {
    readonly name: string;
    /** Of the node: this machine and pods reach kubelet, DNS and NodePorts here. This machine reaches pods as well. */
    readonly bridgeAddress: string;
    /** Of this machine, as pods see it: the API server at port 6443, the registry at port 5000. */
    readonly hostAddress: string;
    readonly containerdSocket: string;
    /** Control group that all pods are below, in each of the machine's hierarchies. */
    readonly cgroup: string;
    /** Runs `ctr` in the namespace of Kubernetes' images and containers; resolves to what it prints. */
    ctr(args: readonly string[]): Promise<string>;
    /** Runs a program of this machine within the node's namespaces; resolves to what it prints. */
    enter(command: string, args: readonly string[]): Promise<string>;
    /** Ends everything on the node, at once. The folder stays. May be called again. */
    stop(): Promise<void>;
}

const LABELS = {
    "node.kubernetes.io/instance-type": "real",
    "topology.kubernetes.io/region": "real",
    "topology.kubernetes.io/zone": "zone-a",
};

let started = 0;

/**
 * Starts a real Kubernetes node beside the embedded control plane, and returns when it is Ready and serves names and
 * Services. It needs root, Linux 5.13 or later with nftables, bridge, veth and overlay, and the programs of
 * `ensureNodePrerequisites`. The default StorageClass becomes folders of the node.
 *
 * @throws Error when one of its programs ends or it is not Ready in time, with the last line of that log
 */
export async function startRealNode(options: RealNodeOptions): Promise<RealNode> {
    const began = Date.now();
    options.onProgress("Real node: starting");
    await removeStaleCgroups();
    const node = new Node(options);
    try {
        await node.start();
    } catch (error) {
        await node.stop();
        throw error;
    }
    options.onProgress(`Real node: ready in ${elapsed(Date.now() - began)}`);
    return node;
}

class Node implements RealNode {
    readonly name: string;
    readonly cgroup = cgroupOfThisProcess(started++);
    readonly #layout: Layout;
    readonly #network: Network;
    readonly #config = new KubeConfig();
    readonly #relays: Relay[] = [];
    #namespaces: Namespaces | undefined;
    #provisioner: Provisioner | undefined;

    constructor(private readonly options: RealNodeOptions) {
        this.name = options.name ?? "real";
        this.#layout = layoutOf(options.dir);
        this.#network = pickNetwork();
        this.#config.loadFromFile(options.controlPlane.kubeconfigPath);
    }

    get bridgeAddress(): string {
        return this.#network.bridgeAddress;
    }

    get hostAddress(): string {
        return this.#network.hostAddress;
    }

    get containerdSocket(): string {
        return this.#layout.containerdSocket;
    }

    async start(): Promise<void> {
        boot(this.#layout);
        rememberTunables();
        makeCgroup(this.cgroup);
        await this.#configure();
        this.#namespaces = await startNamespaces(this.#environment(), this.#layout.logs);
        await this.#connect(this.#namespaces.pid);
        await publishApiServer(this.#config, { address: this.hostAddress, port: API_SERVER_PORT });
        this.#provisioner = new Provisioner({
            config: this.#config,
            node: this.name,
            folder: this.#layout.volumes,
            folderOnNode: this.#layout.volumesOnNode,
            onError: (error) => this.options.onProgress(`Real node: ${String(error)}`),
        });
        await this.#provisioner.start();
        const failed = this.#namespaces.ended.then((reason) => {
            throw new Error(`a node's program ended: ${this.#explain(reason)}`);
        });
        await Promise.race([failed, untilReady(this.#config, this.name, this.bridgeAddress)]);
        if (this.options.registry !== undefined) {
            await forgetStaleImages(this, this.options.registry.url);
        }
    }

    async stop(): Promise<void> {
        await this.#provisioner?.stop();
        this.#relays.splice(0).forEach((relay) => relay.stop());
        await this.#namespaces?.kill();
        // The kernel takes it away with the node's network, in its own time.
        await execa("ip", ["link", "delete", this.#network.interface], { reject: false });
        await removeCgroup(this.cgroup);
        restoreTunables();
    }

    async ctr(args: readonly string[]): Promise<string> {
        const fixed = ["--address", this.containerdSocket, "--namespace", "k8s.io"];
        return (await execa(this.options.tools.ctr, [...fixed, ...args])).stdout;
    }

    async enter(command: string, args: readonly string[]): Promise<string> {
        const target = [
            "--target",
            String(this.#namespaces?.pid),
            "--mount",
            "--net",
            "--pid",
            "--ipc",
            "--uts",
        ];
        return (await execa("nsenter", [...target, "--", command, ...args])).stdout;
    }

    async #configure(): Promise<void> {
        writeConfiguration({
            layout: this.#layout,
            network: this.#network,
            binaries: this.options.tools,
            kubeconfig: this.options.controlPlane.kubeconfigPath,
            cgroup: this.cgroup,
        });
        const image = {
            name: PAUSE_IMAGE,
            program: this.options.tools.pause,
            paths: ["/pause"],
        } as const;
        await writeProgramImage(image, path.join(this.#layout.config, "pause.tar"));
    }

    #environment(): NodeJS.ProcessEnv {
        const { containerd, coredns, kubelet } = this.options.tools;
        const folders = [containerd, coredns, kubelet].map((program) => path.dirname(program));
        return {
            PATH: [...folders, process.env["PATH"]].join(path.delimiter),
            NODE_DIR: this.#layout.dir,
            NODE_NAME: this.name,
            NODE_LABELS: Object.entries(LABELS)
                .map(([key, value]) => `${key}=${value}`)
                .join(),
            BRIDGE_ADDRESS: this.bridgeAddress,
            HOST_ADDRESS: this.hostAddress,
        };
    }

    /** A cable from this machine to the node's bridge, and what the node may reach through it. */
    async #connect(pid: number): Promise<void> {
        const cable = this.#network.interface;
        const ip = (...args: string[]): Promise<unknown> => execa("ip", args);
        await ip(
            "link",
            "add",
            cable,
            "type",
            "veth",
            "peer",
            "name",
            "uplink",
            "netns",
            String(pid),
        );
        await ip("address", "add", `${this.hostAddress}/24`, "dev", cable);
        await ip("link", "set", cable, "up");
        const { controlPlane, registry } = this.options;
        await this.#relay(API_SERVER_PORT, controlPlane.serverUrl);
        if (registry !== undefined) {
            await this.#relay(REGISTRY_PORT, registry.url);
        }
    }

    async #relay(port: number, url: string): Promise<void> {
        const { hostname, port: targetPort } = new URL(url);
        const target = { host: hostname, port: Number(targetPort) };
        this.#relays.push(await startRelay({ listen: { host: this.hostAddress, port }, target }));
    }

    /** "kubelet ended" is told with what the kubelet said last. */
    #explain(reason: string): string {
        const [program = ""] = reason.split(" ");
        const log = path.join(this.#layout.logs, `${program}.log`);
        return fs.existsSync(log) ? `${reason}: ${lastLine(log)} (${log})` : reason;
    }
}
