import * as fs from "node:fs";
import { findOnPath } from "../../../engine/toolchain/installed";

/** Programs that a real node needs, and the Debian packages that have them. */
const PROGRAMS: Readonly<Record<string, string>> = {
    bash: "bash",
    busybox: "busybox-static",
    curl: "curl",
    gcc: "gcc",
    ip: "iproute2",
    nft: "nftables",
    nsenter: "util-linux",
    "pkg-config": "pkg-config",
    setpriv: "util-linux",
    tar: "tar",
    unshare: "util-linux",
};

/** Files that building runc needs, and the Debian packages that have them. */
const FILES: Readonly<Record<string, string>> = { "/usr/include/seccomp.h": "libseccomp-dev" };

/** @throws Error, in one line, naming everything that is missing and the command that installs it */
export function requireNodePrerequisites(): void {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
        throw new Error(
            "The tests on a real node need root on Linux: run them as root, or in a virtual machine",
        );
    }
    const missing = [
        ...Object.entries(PROGRAMS).filter(([name]) => findOnPath(name) === undefined),
        ...Object.entries(FILES).filter(([file]) => !fs.existsSync(file)),
    ];
    if (missing.length > 0) {
        const names = missing.map(([name]) => name).join(", ");
        const packages = [...new Set(missing.map(([, name]) => name))].join(" ");
        throw new Error(`The tests on a real node need ${names}: apt-get install ${packages}`);
    }
}
