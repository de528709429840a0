import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../platform/platform";
import { inNamespace } from "./options";

export interface FileSecretArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    /** Contents by key. */
    readonly files: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A Secret with files of HySDS, immutable and auto-named: changed files are a new Secret with a new name, so that the
 * pods that mount it roll, and old pods keep what they started with.
 */
export function fileSecret(
    name: string,
    { platform, namespace, files }: FileSecretArgs,
    parent: pulumi.Resource,
): k8s.core.v1.Secret {
    return new k8s.core.v1.Secret(
        name,
        {
            metadata: {
                namespace: namespace.name,
                labels: { "app.kubernetes.io/part-of": "hysds" },
            },
            immutable: true,
            stringData: files,
        },
        inNamespace(parent, platform, namespace),
    );
}
