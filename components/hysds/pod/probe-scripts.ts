import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inNamespace } from "../../kubernetes/options";
import { Platform } from "../../platform/platform";
import { NamespaceRole, Namespaces } from "../namespaces";

const DIRECTORY = join(__dirname, "probes");

/** The Python files of probes/ as an immutable, auto-named ConfigMap in each namespace. */
export function probeScripts(
    parent: pulumi.Resource,
    platform: Platform,
    namespaces: Namespaces,
): Readonly<Record<NamespaceRole, k8s.core.v1.ConfigMap>> {
    const files = readdirSync(DIRECTORY).filter((file) => file.endsWith(".py"));
    const data = Object.fromEntries(
        files.map((file) => [file, readFileSync(join(DIRECTORY, file), "utf8")]),
    );
    const create = (role: NamespaceRole): k8s.core.v1.ConfigMap =>
        new k8s.core.v1.ConfigMap(
            `probes-${role}`,
            {
                metadata: {
                    namespace: namespaces[role].name,
                    labels: { "app.kubernetes.io/part-of": "hysds" },
                },
                immutable: true,
                data,
            },
            inNamespace(parent, platform, namespaces[role]),
        );
    return { services: create("services"), jobs: create("jobs") };
}
