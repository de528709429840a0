import * as fs from "node:fs";
import { execa } from "execa";
import type { OnProgress } from "../../../workshop/engine/progress";
import { findOnPath } from "../../../workshop/engine/toolchain/installed";

/** Programs that a real node and its images need, and the Debian packages that have them. */
const PROGRAMS: Readonly<Record<string, string>> = {
    bash: "bash",
    busybox: "busybox-static",
    curl: "curl",
    gcc: "gcc",
    ip: "iproute2",
    java: "default-jre-headless",
    mmdebstrap: "mmdebstrap",
    mvn: "maven",
    nft: "nftables",
    nsenter: "util-linux",
    "pkg-config": "pkg-config",
    python3: "python3-venv",
    runc: "runc",
    setpriv: "util-linux",
    tar: "tar",
    unshare: "util-linux",
    unzip: "unzip",
};

/** Files that building runc needs, and the Debian packages that have them. */
const FILES: Readonly<Record<string, string>> = { "/usr/include/seccomp.h": "libseccomp-dev" };

/**
 * Installs the Debian packages that the tests on a real node need and the machine lacks.
 *
 * @throws Error, in one line, where the machine is not Linux, the user not root, or apt-get has not what is missing
 */
export async function ensureNodePrerequisites(onProgress: OnProgress): Promise<void> {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
        throw new Error(
            "The tests on a real node need root on Linux: run them as root, or in a virtual machine",
        );
    }
    const packages = missingPackages();
    if (packages.length > 0) {
        onProgress(`Debian packages ${packages.join(" ")}: installing`);
        await aptGet("update");
        await aptGet("install", "--yes", "--no-install-recommends", ...packages);
    }
    const left = missingPackages().join(" ");
    if (left !== "") {
        throw new Error(`The tests on a real node need what apt-get install ${left} brings`);
    }
}

function missingPackages(): string[] {
    const missing = [
        ...Object.entries(PROGRAMS).filter(([name]) => findOnPath(name) === undefined),
        ...Object.entries(FILES).filter(([file]) => !fs.existsSync(file)),
    ];
    return [...new Set(missing.map(([, name]) => name))];
}

async function aptGet(...args: string[]): Promise<void> {
    await execa("apt-get", ["--quiet", ...args], {
        env: { DEBIAN_FRONTEND: "noninteractive" },
        stdin: "ignore",
    });
}
