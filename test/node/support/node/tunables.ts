import * as fs from "node:fs";
import * as path from "node:path";

/**
 * What a kubelet sets on the whole machine, network namespace or not.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/kubelet/cm/container_manager_linux.go (setupKernelTunables)
 */
const TUNABLES = [
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
];

const ROOT = "/proc/sys";

/** Notes the machine's own values in a file, unless an earlier start that was killed has done so. */
export function rememberTunables(file: string): void {
    if (!fs.existsSync(file)) {
        const values = TUNABLES.map((name) => [
            name,
            fs.readFileSync(path.join(ROOT, name), "utf8").trim(),
        ]);
        fs.writeFileSync(file, JSON.stringify(Object.fromEntries(values)));
    }
}

/** Gives the machine back the values that {@link rememberTunables} noted. */
export function restoreTunables(file: string): void {
    const values = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, string>;
    for (const [name, value] of Object.entries(values)) {
        fs.writeFileSync(path.join(ROOT, name), value);
    }
    fs.rmSync(file);
}
