import * as fs from "node:fs/promises";
import * as path from "node:path";
import { cacheRoot } from "../../../workshop/engine/toolchain/cache";
import { type ControlPlane, startControlPlane } from "../../../workshop/engine/control-plane";
import { StackUnderTest } from "../../e2e/support/stack";
import type { World } from "../scenario/world";
import { Hysds } from "./hysds";
import { type ImageFactory, startImageServices } from "./images";
import { renderedImages } from "./images/rendered";
import { JobImages } from "./job-image";
import { memoryMiB } from "./node/cgroups";
import { ensureNodeBinaries, type RealNode, startRealNode } from "./node";
import { Pods } from "./pods";
import { standInRelease } from "./release";
import { callRest } from "./rest";

/** A stack on a real node: control plane, kubelet, container runtime, and the images that its manifests name. */
export class Installation {
    private readonly endings: (() => Promise<unknown>)[] = [];
    private controlPlane!: ControlPlane;
    private images!: ImageFactory;
    private node!: RealNode;
    public stack!: StackUnderTest;
    public jobImages!: JobImages;

    private constructor(private readonly folder: string) {}

    /**
     * Starts everything that the stack runs on, and creates the stack with nothing in it.
     *
     * @param name which Pulumi.<name>.yaml
     * @param later settings beside the file's that it is to have at some time, whose images are made, too
     */
    static async prepare(
        folder: string,
        name: string,
        later: Readonly<Record<string, string>>,
    ): Promise<Installation> {
        const installation = new Installation(folder);
        try {
            await installation.start(name, later);
            return installation;
        } catch (failure) {
            await installation.stop();
            throw failure;
        }
    }

    /** What the scenario acts on. */
    async world(): Promise<World> {
        const kubeconfig = this.controlPlane.kubeconfigPath;
        const pods = new Pods(kubeconfig);
        return {
            hysds: new Hysds(kubeconfig),
            pods,
            image: await this.jobImages.publish("1000"),
            imageOf: (user) => this.jobImages.publish(user),
            folder: this.folder,
            get: async (service, from) => callRest(kubeconfig, await pods.one(service), from),
            post: async (service, to, body) =>
                callRest(kubeconfig, await pods.one(service), to, body),
            killContainer: async (id) => {
                await this.node.ctr(["tasks", "kill", "--signal", "SIGKILL", id]);
            },
            memoryMiB: () => memoryMiB(this.node.cgroup),
            jobContainers: async (workload) => {
                const list = ["sh", "-c", "$HYSDS_ENGINE_CLIENT ps --quiet"];
                const written = await pods.run(await pods.one(workload), workload, list);
                return written.split("\n").filter(Boolean);
            },
        };
    }

    async stop(): Promise<void> {
        for (const end of this.endings.splice(0).reverse()) {
            await end();
        }
    }

    private async start(name: string, later: Readonly<Record<string, string>>): Promise<void> {
        const say = console.log;
        const tools = await ensureNodeBinaries(say);
        const imageServices = path.join(this.folder, "images");
        this.images = await startImageServices({ dir: imageServices, onProgress: say });
        this.endings.push(() => this.images.stop());
        const release = process.env["HYSDS_RELEASE"] ?? (await standInRelease());
        const images = [...(await renderedImages(name)), ...(await renderedImages(name, later))];
        await this.images.buildAll({ release, images: [...new Set(images)] });
        const dir = path.join(this.folder, "control-plane");
        this.controlPlane = await startControlPlane({ dir, onProgress: say, nodes: 0 });
        this.endings.push(() => this.controlPlane.stop());
        this.node = await startRealNode({
            dir: path.join(cacheRoot(), "node"),
            controlPlane: this.controlPlane,
            tools,
            registry: { url: this.images.registryUrl },
            onProgress: say,
        });
        this.endings.push(() => this.node.stop());
        const served = path.join(this.folder, "job-images");
        this.jobImages = await JobImages.serve(this.images, served, this.node.hostAddress);
        this.endings.push(() => this.jobImages.stop());
        const env = { KUBECONFIG: this.controlPlane.kubeconfigPath };
        this.stack = await StackUnderTest.open({ name, env });
        this.endings.push(() => this.stack.dispose());
    }
}

/** An empty folder that is removed with all that is in it. */
export async function temporaryFolder(parent: string): Promise<string> {
    return fs.mkdtemp(path.join(parent, "hysds-node-"));
}
