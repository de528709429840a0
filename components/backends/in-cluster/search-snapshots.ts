import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { workloadLabels } from "../../../contract/labels";
import { Settings } from "../../settings/settings";
import { SearchFlavour } from "./search-flavour";
import { StoreArgs } from "./store-args";

const VOLUME = "snapshots";
const FOLDER = "/snapshots";

/** The flavour's configuration files, which with backups on permit snapshot repositories in a folder of their own. */
export function searchConfig(flavour: SearchFlavour, settings: Settings): Record<string, string> {
    if (settings.backups.kind === "none") {
        return flavour.config;
    }
    return Object.fromEntries(
        Object.entries(flavour.config).map(([file, text]) => [
            file,
            `${text}path.repo: ${FOLDER}\n`,
        ]),
    );
}

/**
 * The claim of a volume for snapshots, apart from the data: it outlives a lost data volume. Undefined with backups off.
 */
export function snapshotClaim(
    name: string,
    args: StoreArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
    const { settings, platform, namespace, store } = args;
    if (settings.backups.kind === "none") {
        return undefined;
    }
    const claim = new k8s.core.v1.PersistentVolumeClaim(
        `${name}-snapshots`,
        {
            metadata: {
                name: `${store}-snapshots`,
                namespace: namespace.name,
                labels: workloadLabels(store, "stores"),
                // Bound when the first pod is scheduled that mounts it, which waits for this resource.
                annotations: { "pulumi.com/skipAwait": "true" },
            },
            spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: platform.storageClass,
                resources: { requests: { storage: `${settings.backups.storageGiB}Gi` } },
            },
        },
        { ...opts, protect: settings.protect, retainOnDelete: settings.protect },
    );
    return claim.metadata.name;
}

/** The claim's volume, where there is one. */
export function snapshotVolume(
    claimName: pulumi.Output<string> | undefined,
): k8s.types.input.core.v1.Volume[] {
    return claimName ? [{ name: VOLUME, persistentVolumeClaim: { claimName } }] : [];
}

/** Where the server has it, where there is one. */
export function snapshotMount(
    claimName: pulumi.Output<string> | undefined,
): k8s.types.input.core.v1.VolumeMount[] {
    return claimName ? [{ name: VOLUME, mountPath: FOLDER }] : [];
}
