import { CoreV1Api, KubeConfig, V1Pod } from "@kubernetes/client-node";
import {
    INSTALLATION_KEY,
    INSTALLATION_SECRET,
    InstallationFile,
    installationFile,
    RELAY_NAME,
    relayLabels,
} from "../../contract/installation-file";
import { OperationsError } from "../errors";
import { kubernetesError, statusOf } from "../kubernetes-error";
import { PortForwarder } from "./port-forward";

/**
 * Reads what an installation says of itself.
 *
 * @param namespace of the HySDS services
 * @throws OperationsError when there is none, it cannot be read, or it is of another release
 */
export async function readInstallationFile(
    kubernetes: KubeConfig,
    namespace: string,
): Promise<InstallationFile> {
    const name = INSTALLATION_SECRET;
    const secret = await kubernetes
        .makeApiClient(CoreV1Api)
        .readNamespacedSecret({ namespace, name })
        .catch((failure: unknown) => {
            throw statusOf(failure) === 404
                ? new OperationsError(
                      `namespace ${namespace} has no HySDS (no Secret ${name}): name the right one by --namespace, or bring it up by "pulumi up"`,
                      { cause: failure },
                  )
                : kubernetesError(failure, kubernetes, `reading Secret ${namespace}/${name}`);
        });
    const encoded = secret.data?.[INSTALLATION_KEY] ?? "";
    const parsed = installationFile.safeParse(json(Buffer.from(encoded, "base64").toString()));
    if (!parsed.success) {
        throw new OperationsError(
            `Secret ${namespace}/${name} is of another release: run "pulumi up" of this one`,
        );
    }
    return parsed.data;
}

function json(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

/**
 * The way into the relay's pod.
 *
 * @throws OperationsError when no relay is ready
 */
export async function relayForwarder(
    kubernetes: KubeConfig,
    namespace: string,
): Promise<PortForwarder> {
    const labelSelector = Object.entries(relayLabels)
        .map(([label, value]) => `${label}=${value}`)
        .join(",");
    const { items } = await kubernetes
        .makeApiClient(CoreV1Api)
        .listNamespacedPod({ namespace, labelSelector })
        .catch((failure: unknown) => {
            throw kubernetesError(failure, kubernetes, `listing pods of ${namespace}`);
        });
    const name = items.find(isReady)?.metadata?.name;
    if (!name) {
        throw new OperationsError(
            `the relay is not ready: "kubectl --namespace ${namespace} describe deployment ${RELAY_NAME}" says why`,
        );
    }
    return new PortForwarder(kubernetes, { namespace, name });
}

function isReady({ metadata, status }: V1Pod): boolean {
    const ready = status?.conditions?.some(
        ({ type, status: value }) => type === "Ready" && value === "True",
    );
    return metadata?.deletionTimestamp === undefined && ready === true;
}
