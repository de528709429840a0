import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { ecrRegistry } from "../../settings/limits/images";
import { REGISTRY_DIRECTORY } from "../pod/paths";
import { Mounted } from "../pod/volumes";

export interface RegistryAccess {
    readonly mounted: Mounted;
    readonly environment: Readonly<Record<string, string>>;
}

/**
 * Client configuration that makes docker and podman ask Amazon's credential helper for the stack's ECR registry: a
 * short-lived token of the pod's own role, and so no secret. Undefined for registries other than ECR, which jobs read
 * anonymously.
 * https://github.com/awslabs/amazon-ecr-credential-helper
 */
export function registryAccess(
    name: string,
    args: {
        readonly platform: Platform;
        readonly namespace: HysdsNamespace;
        readonly registry: string;
    },
    parent: pulumi.Resource,
): RegistryAccess | undefined {
    const { platform, namespace, registry } = args;
    const host = ecrRegistry(registry)?.host;
    if (host === undefined) {
        return undefined;
    }
    const configMap = new k8s.core.v1.ConfigMap(
        name,
        {
            metadata: {
                namespace: namespace.name,
                labels: { "app.kubernetes.io/part-of": "hysds" },
            },
            immutable: true,
            data: { "config.json": JSON.stringify({ credHelpers: { [host]: "ecr-login" } }) },
        },
        inNamespace(parent, platform, namespace),
    );
    return {
        mounted: {
            volumes: [{ name: "registry", configMap: { name: configMap.metadata.name } }],
            mounts: [{ name: "registry", mountPath: REGISTRY_DIRECTORY, readOnly: true }],
        },
        environment: {
            DOCKER_CONFIG: REGISTRY_DIRECTORY,
            REGISTRY_AUTH_FILE: `${REGISTRY_DIRECTORY}/config.json`,
        },
    };
}
