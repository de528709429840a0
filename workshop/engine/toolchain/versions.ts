import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ToolchainError } from "../errors";

/** The root of the project: the folder that holds package.json and package-lock.json. */
export const PROJECT_ROOT = join(__dirname, "../../..");

/** The Kubernetes version of the embedded control plane. */
export const KUBERNETES_VERSION = "1.35.4";

/** The etcd version that Kubernetes 1.35's client is tested against: 3.6. */
export const ETCD_VERSION = "3.6.15";

/** The kwok version that simulates the control plane's nodes. */
export const KWOK_VERSION = "0.8.0";

interface Lockfile {
    packages?: Record<string, { version?: string } | undefined>;
}

/**
 * The version of an npm package that `package-lock.json` pins. CLI and plugins must match the SDKs,
 * so the lockfile is the one place that names their versions.
 *
 * @throws ToolchainError when the lockfile cannot be read or does not list the package.
 */
export function lockedVersion(packageName: string, lockfile?: string): string {
    const path = lockfile ?? join(PROJECT_ROOT, "package-lock.json");
    let parsed: Lockfile;
    try {
        parsed = JSON.parse(readFileSync(path, "utf8")) as Lockfile;
    } catch (cause) {
        throw new ToolchainError(`${path} cannot be read: run npm install`, { cause });
    }
    const version = parsed.packages?.[`node_modules/${packageName}`]?.version;
    if (version === undefined) {
        throw new ToolchainError(`${path} does not list ${packageName}: run npm install`);
    }
    return version;
}
