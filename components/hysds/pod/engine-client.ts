import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { RunOptions } from "../configuration/run-options";
import { ENGINE_CLIENT_DIRECTORY } from "./paths";
import { Mounted } from "./volumes";

/**
 * A `docker` that goes before the worker's own and adds to `docker run` what each job is given: HySDS has options of its
 * configuration for podman alone (hysds/containers/docker.py). An immutable, auto-named ConfigMap; undefined where jobs
 * are given nothing.
 */
export function dockerClient(
    name: string,
    args: {
        readonly platform: Platform;
        readonly namespace: HysdsNamespace;
        readonly run: RunOptions;
    },
    parent: pulumi.Resource,
): k8s.core.v1.ConfigMap | undefined {
    const { platform, namespace, run } = args;
    const given = [
        ...run.variables.map((variable) => `--env=${variable}`),
        ...Object.entries(run.options).map(([option, value]) => `--${option}=${value}`),
    ];
    if (given.length === 0) {
        return undefined;
    }
    return new k8s.core.v1.ConfigMap(
        name,
        {
            metadata: {
                namespace: namespace.name,
                labels: { "app.kubernetes.io/part-of": "hysds" },
            },
            immutable: true,
            data: { docker: script(given) },
        },
        inNamespace(parent, platform, namespace),
    );
}

/** What mounts it in the worker. */
export function clientFiles(client: k8s.core.v1.ConfigMap): Mounted {
    const name = "engine-client";
    return {
        volumes: [{ name, configMap: { name: client.metadata.name, defaultMode: 0o555 } }],
        mounts: [{ name, mountPath: ENGINE_CLIENT_DIRECTORY, readOnly: true }],
    };
}

/** A command that finds the client before the worker's own. */
export function withClient(command: readonly string[]): string[] {
    return ["sh", "-c", `PATH=${ENGINE_CLIENT_DIRECTORY}:$PATH exec "$@"`, "sh", ...command];
}

function script(given: readonly string[]): string {
    return [
        "#!/bin/sh",
        "# The next docker of the PATH is the worker's own.",
        "PATH=${PATH#*:}",
        'if [ "$1" = run ]; then',
        "    shift",
        `    set -- run ${given.join(" ")} "$@"`,
        "fi",
        'exec docker "$@"',
        "",
    ].join("\n");
}
