import * as path from "node:path";
import type { V1Container, V1PodSpec } from "@kubernetes/client-node";
import { execa } from "execa";
import { type RealNode, writeProgramImage } from "./node";

/** Where no registry has to be, the image of pods that only show what a node does. */
export const TOOLS_IMAGE = "example.org/test/tools:1";

/** Gives a node an image with a shell, a web server and curl, of this machine's own programs. */
export async function importTools(node: RealNode, dir: string): Promise<void> {
    const file = path.join(dir, "tools.tar");
    const commands = [
        "sh",
        "cat",
        "httpd",
        "id",
        "ls",
        "mount",
        "nslookup",
        "rm",
        "sleep",
        "stat",
        "touch",
    ];
    const { stdout: program } = await execa("which", ["busybox"]);
    const { stdout: curl } = await execa("which", ["curl"]);
    const paths = ["/bin/busybox", ...commands.map((command) => `/bin/${command}`)] as const;
    await writeProgramImage({ name: TOOLS_IMAGE, program, paths, also: [curl] }, file);
    await node.ctr(["images", "import", file]);
}

/** What Pod Security's level "restricted" asks for, and a read-only root. */
export function restricted(
    container: Partial<V1Container>,
    volumes: V1PodSpec["volumes"] = [],
): V1PodSpec {
    return {
        securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            seccompProfile: { type: "RuntimeDefault" },
        },
        terminationGracePeriodSeconds: 1,
        containers: [
            {
                name: "main",
                image: TOOLS_IMAGE,
                resources: { limits: { memory: "32Mi" } },
                securityContext: {
                    readOnlyRootFilesystem: true,
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                },
                ...container,
            },
        ],
        volumes: [{ name: "work", emptyDir: {} }, ...volumes],
    };
}
