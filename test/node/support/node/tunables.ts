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

/** Of the whole machine, as what it holds is; a reboot resets both. */
const NOTES = "/run/hysds-node-tunables.json";

/** Notes the machine's own values, unless an earlier node has that runs yet or was killed. */
export function rememberTunables(): void {
    if (!fs.existsSync(NOTES)) {
        const values = TUNABLES.map((name) => [
            name,
            fs.readFileSync(path.join(ROOT, name), "utf8").trim(),
        ]);
        fs.writeFileSync(NOTES, JSON.stringify(Object.fromEntries(values)));
    }
}

/** Gives the machine back the values that {@link rememberTunables} noted. */
export function restoreTunables(): void {
    if (fs.existsSync(NOTES)) {
        const values = JSON.parse(fs.readFileSync(NOTES, "utf8")) as Record<string, string>;
        for (const [name, value] of Object.entries(values)) {
            fs.writeFileSync(path.join(ROOT, name), value);
        }
        fs.rmSync(NOTES);
    }
}
