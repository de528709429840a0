import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BACKUPS_DIRECTORY, HYSDS_UID } from "../../hysds/pod/paths";
import { resourceRequirements } from "../../hysds/pod/resources";
import { workloadLabels } from "../../kubernetes/labels";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { restrictedContainer, restrictedPod } from "../../kubernetes/security";
import { Identity, Placement } from "../../platform/platform";
import { BackupStore, DUMP_FILE, DUMP_FOLDER, FILES_FOLDER } from "./store";
import { LOADED_PORT } from "./stores";

type Container = k8s.types.input.core.v1.Container;
type Volume = k8s.types.input.core.v1.Volume;

/** The container whose arguments say what to do with the backups. */
export const SCRIPT_CONTAINER = "backup";
/** The init container that brings a dump to the server that reads it; its last argument is the backup's name. */
export const FETCH_CONTAINER = "fetch";

export interface BackupPodArgs {
    readonly store: BackupStore;
    /** Of the workload, `backup-<store>` or `restore-<store>`. */
    readonly workload: string;
    readonly identity: Identity;
    readonly placement: Placement;
    /** Image with Python, boto3 and the Redis client. */
    readonly image: pulumi.Input<string>;
    /** Secret with the scripts and store.json. */
    readonly secretName: pulumi.Output<string>;
    /** Claim for files, where they are not kept in S3. */
    readonly claimName?: pulumi.Output<string>;
}

/** Pods that take a backup. */
export function takingPod(args: BackupPodArgs): k8s.types.input.core.v1.PodTemplateSpec {
    const dump = args.store.server ? [dumpContainer(args, args.store.server.image)] : [];
    return pod(args, dump, ["take"]);
}

/**
 * Pods that restore a Redis: a server beside the script reads the dump, and the script copies it key by key, so that
 * neither the store's pod nor its volume are touched. Without an image the server is elsewhere, as one of ElastiCache.
 * Nothing is restored before somebody replaces the name `none`.
 */
export function redisRestoringPod(
    args: BackupPodArgs,
    serverImage: string | undefined,
): k8s.types.input.core.v1.PodTemplateSpec {
    if (!serverImage) {
        return pod(args, [], ["restore", "none"]);
    }
    const fetch = { ...scriptContainer(args, ["fetch", "none"]), name: FETCH_CONTAINER };
    return pod(args, [fetch, serverContainer(serverImage)], ["restore", "none"]);
}

function pod(
    args: BackupPodArgs,
    initContainers: Container[],
    action: string[],
): k8s.types.input.core.v1.PodTemplateSpec {
    return {
        metadata: { labels: workloadLabels(args.workload, "backups") },
        spec: {
            ...args.placement,
            serviceAccountName: args.identity.serviceAccountName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            restartPolicy: "Never",
            securityContext: restrictedPod({ uid: HYSDS_UID }),
            ...(initContainers.length > 0 ? { initContainers } : {}),
            containers: [scriptContainer(args, action)],
            volumes: volumes(args),
        },
    };
}

function scriptContainer(args: BackupPodArgs, action: string[]): Container {
    const { store, claimName } = args;
    return {
        name: SCRIPT_CONTAINER,
        image: args.image,
        command: ["tini", "--", "python", `${BACKUPS_DIRECTORY}/backup.py`],
        args: action,
        env: [
            { name: "PYTHONUNBUFFERED", value: "1" },
            { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
        ],
        // The answer, or what was refused, is its last line.
        terminationMessagePolicy: "FallbackToLogsOnError",
        resources: resourceRequirements({
            cpu: 25,
            memory: 96,
            cpuLimit: 500,
            memoryLimit: store.memoryMiB,
        }),
        securityContext: restrictedContainer(),
        volumeMounts: [
            { name: "scripts", mountPath: BACKUPS_DIRECTORY, readOnly: true },
            ...(store.server ? [{ name: "dump", mountPath: DUMP_FOLDER }] : []),
            ...(claimName ? [{ name: "files", mountPath: FILES_FOLDER }] : []),
        ],
    };
}

function volumes({ store, secretName, claimName }: BackupPodArgs): Volume[] {
    return [
        { name: "scripts", secret: { secretName, defaultMode: 0o440 } },
        ...(store.server ? [{ name: "dump", emptyDir: { sizeLimit: "1Gi" } }] : []),
        ...(claimName ? [{ name: "files", persistentVolumeClaim: { claimName } }] : []),
    ];
}

/** The store's own client asks for a copy as a replica does, which is one moment of the whole store. */
function dumpContainer({ secretName }: BackupPodArgs, image: string): Container {
    const secret = (key: string): k8s.types.input.core.v1.EnvVar["valueFrom"] => ({
        secretKeyRef: { name: secretName, key },
    });
    return {
        name: "dump",
        image,
        command: [
            `${server(image)}-cli`,
            "-h",
            "$(STORE_HOST)",
            "--rdb",
            `${DUMP_FOLDER}/${DUMP_FILE}`,
        ],
        terminationMessagePolicy: "FallbackToLogsOnError",
        env: [
            { name: "STORE_HOST", valueFrom: secret("host") },
            // valkey-cli reads this name too.
            { name: "REDISCLI_AUTH", valueFrom: secret("password") },
        ],
        resources: resourceRequirements({ cpu: 25, memory: 32, cpuLimit: 500, memoryLimit: 128 }),
        securityContext: restrictedContainer(),
        volumeMounts: [{ name: "dump", mountPath: DUMP_FOLDER }],
    };
}

/** A sidecar: it ends with the script. Nobody outside the pod reaches it, and it writes nothing. */
function serverContainer(image: string): Container {
    const ping = [`${server(image)}-cli`, "-e", "-p", String(LOADED_PORT), "ping"];
    return {
        name: "server",
        image,
        restartPolicy: "Always",
        terminationMessagePolicy: "FallbackToLogsOnError",
        command: [
            `${server(image)}-server`,
            "--bind",
            "127.0.0.1",
            "--port",
            String(LOADED_PORT),
            "--dir",
            DUMP_FOLDER,
            "--dbfilename",
            DUMP_FILE,
            "--save",
            "",
        ],
        startupProbe: startupProbe(execProbe(ping), 300, 2),
        resources: resourceRequirements({ cpu: 50, memory: 128, cpuLimit: 500, memoryLimit: 512 }),
        securityContext: restrictedContainer(),
        volumeMounts: [{ name: "dump", mountPath: DUMP_FOLDER }],
    };
}

function server(image: string): "redis" | "valkey" {
    return image.includes("valkey") ? "valkey" : "redis";
}
