import { execa } from "execa";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

const PROBE = path.resolve("components/hysds/pod/probes/probe.py");

/** Files that a probe reads, by their names below the pod's own folders. */
export interface PodFiles {
    readonly "celeryconfig.py": string;
    /** Text of `~/.netrc-os`; absent where the process has not copied it. */
    readonly "netrc-os"?: string;
}

/** A pod as far as its probe knows it: mounted configuration, home and heartbeats. */
export class ProbedPod {
    private constructor(private readonly folder: string) {}

    static async create(): Promise<ProbedPod> {
        return new ProbedPod(await fs.mkdtemp(path.join(os.tmpdir(), "hysds-probe-")));
    }

    /** Runs the probe, as the kubelet does. */
    async probe(
        files: PodFiles,
        words: readonly string[],
        environment: Readonly<Record<string, string>> = {},
    ): Promise<{ exitCode?: number; stderr: string }> {
        await fs.writeFile(path.join(this.folder, "celeryconfig.py"), files["celeryconfig.py"]);
        const netrc = path.join(this.folder, ".netrc-os");
        await fs.rm(netrc, { force: true });
        if (files["netrc-os"] !== undefined) {
            await fs.writeFile(netrc, files["netrc-os"], { mode: 0o600 });
        }
        return execa("python3", [PROBE, ...words], {
            env: {
                HOME: this.folder,
                PYTHONPATH: this.folder,
                PYTHONDONTWRITEBYTECODE: "1",
                HYSDS_HEARTBEAT_DIRECTORY: path.join(this.folder, "beats"),
                ...environment,
            },
            reject: false,
        });
    }

    /** What a Celery node leaves at a heartbeat, in the file of its place in the pod. */
    async heartbeat(node: string, secondsAgo: number, slot = "00"): Promise<void> {
        const file = path.join(this.folder, "beats", slot);
        await fs.mkdir(path.dirname(file), { recursive: true });
        await fs.writeFile(file, node);
        const time = Date.now() / 1000 - secondsAgo;
        await fs.utimes(file, time, time);
    }

    remove(): Promise<void> {
        return fs.rm(this.folder, { recursive: true });
    }
}
