import * as fs from "node:fs";
import * as path from "node:path";
import {
    ApiException,
    CoreV1Api,
    KubeConfig,
    makeInformer,
    StorageV1Api,
    type V1PersistentVolume,
    type V1PersistentVolumeClaim,
} from "@kubernetes/client-node";
import { STORAGE_CLASS } from "../../../../workshop/engine/control-plane/bootstrap";

const PROVISIONER = "node.hysds.local";
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
const RETRY_MS = 1000;

export interface ProvisionerArgs {
    readonly config: KubeConfig;
    /** Name of the node that has the volumes. */
    readonly node: string;
    /** Folder of the volumes' data, as this machine and as the node sees it. */
    readonly folder: string;
    readonly folderOnNode: string;
    readonly onError: (error: unknown) => void;
}

/**
 * Makes folders of the node the volumes of the default StorageClass, and deletes them when their claims are. The size
 * that a claim asks for is not enforced.
 */
export class Provisioner {
    readonly #core: CoreV1Api;
    readonly #stops: (() => Promise<void>)[] = [];
    #stopped = false;

    constructor(private readonly args: ProvisionerArgs) {
        this.#core = args.config.makeApiClient(CoreV1Api);
    }

    async start(): Promise<void> {
        await this.#takeOverStorageClass();
        const { config } = this.args;
        const claims = makeInformer(config, "/api/v1/persistentvolumeclaims", () =>
            this.#core.listPersistentVolumeClaimForAllNamespaces(),
        );
        const volumes = makeInformer(config, "/api/v1/persistentvolumes", () =>
            this.#core.listPersistentVolume(),
        );
        for (const event of ["add", "update"] as const) {
            claims.on(event, (claim) => void this.#provision(claim).catch(this.args.onError));
            volumes.on(event, (volume) => void this.#release(volume).catch(this.args.onError));
        }
        for (const informer of [claims, volumes]) {
            informer.on("error", () =>
                setTimeout(() => this.#stopped || void informer.start(), RETRY_MS).unref(),
            );
            this.#stops.push(() => informer.stop());
            await informer.start();
        }
    }

    async stop(): Promise<void> {
        this.#stopped = true;
        await Promise.all(this.#stops.map((stop) => stop()));
    }

    /** A class cannot change its provisioner; claims that are bound do not ask for it again. */
    async #takeOverStorageClass(): Promise<void> {
        const storage = this.args.config.makeApiClient(StorageV1Api);
        const { metadata, ...rest } = await storage.readStorageClass({ name: STORAGE_CLASS });
        if (rest.provisioner === PROVISIONER) {
            return;
        }
        await storage.deleteStorageClass({ name: STORAGE_CLASS });
        const { name, annotations } = metadata ?? {};
        const body = { ...rest, metadata: { name, annotations }, provisioner: PROVISIONER };
        await storage.createStorageClass({ body });
    }

    async #provision(claim: V1PersistentVolumeClaim): Promise<void> {
        const { metadata, spec } = claim;
        const wanted =
            spec?.storageClassName === STORAGE_CLASS &&
            spec.volumeName === undefined &&
            metadata?.annotations?.[SELECTED_NODE] === this.args.node;
        if (!wanted) {
            return;
        }
        const name = `pvc-${metadata.uid}`;
        // What mkfs.ext4 leaves on a new disk: root's, and not quite empty.
        fs.mkdirSync(path.join(this.args.folder, name, "lost+found"), {
            recursive: true,
            mode: 0o755,
        });
        fs.chmodSync(path.join(this.args.folder, name, "lost+found"), 0o700);
        try {
            await this.#core.createPersistentVolume({ body: this.#volume(name, claim) });
        } catch (error) {
            if (!(error instanceof ApiException && error.code === 409)) {
                throw error;
            }
        }
    }

    #volume(name: string, { metadata, spec }: V1PersistentVolumeClaim): V1PersistentVolume {
        const values = [this.args.node];
        return {
            metadata: { name, annotations: { [PROVISIONED_BY]: PROVISIONER } },
            spec: {
                storageClassName: STORAGE_CLASS,
                persistentVolumeReclaimPolicy: "Delete",
                volumeMode: spec?.volumeMode,
                accessModes: spec?.accessModes,
                capacity: spec?.resources?.requests,
                claimRef: {
                    apiVersion: "v1",
                    kind: "PersistentVolumeClaim",
                    namespace: metadata?.namespace,
                    name: metadata?.name,
                    uid: metadata?.uid,
                },
                // Unlike hostPath, this kind is given to a pod's fsGroup, as a disk is.
                local: { path: path.join(this.args.folderOnNode, name) },
                nodeAffinity: {
                    required: {
                        nodeSelectorTerms: [
                            {
                                matchExpressions: [
                                    { key: "kubernetes.io/hostname", operator: "In", values },
                                ],
                            },
                        ],
                    },
                },
            },
        };
    }

    async #release({ metadata, spec, status }: V1PersistentVolume): Promise<void> {
        const name = metadata?.name ?? "";
        const wanted =
            metadata?.annotations?.[PROVISIONED_BY] === PROVISIONER &&
            metadata.deletionTimestamp === undefined &&
            status?.phase === "Released" &&
            spec?.persistentVolumeReclaimPolicy === "Delete";
        if (wanted) {
            fs.rmSync(path.join(this.args.folder, name), { recursive: true, force: true });
            await this.#core.deletePersistentVolume({ name });
        }
    }
}
