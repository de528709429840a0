import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { FETCH_CONTAINER, SCRIPT_CONTAINER } from "../../../contract/backups";
import { BACKUPS_DIRECTORY, HYSDS_UID } from "../../hysds/pod/paths";
import { resourceRequirements } from "../../hysds/pod/resources";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { ContainerArgs, PodArgs } from "../../kubernetes/workload";
import { Identity, Placement } from "../../platform/platform";
import { StoreServer } from "../../backends/store";
import { BackupStore, DUMP_FILE, DUMP_FOLDER, FILES_FOLDER } from "./store";
import { LOADED_PORT } from "./stores";

type Volume = k8s.types.input.core.v1.Volume;

export interface BackupPodArgs {
    readonly store: BackupStore;
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
export function takingPod(args: BackupPodArgs): PodArgs {
    const { server } = args.store;
    const dump = server ? [dumpContainer(args, server)] : [];
    return pod(args, dump, ["take"]);
}

/**
 * Pods that restore a Redis: a server beside the script reads the dump, and the script copies it key by key, so that
 * neither the store's pod nor its volume are touched. Without one the server is elsewhere, as one of ElastiCache.
 * Nothing is restored before somebody replaces the name `none`.
 */
export function redisRestoringPod(args: BackupPodArgs): PodArgs {
    const { server } = args.store;
    if (!server) {
        return pod(args, [], ["restore", "none"]);
    }
    const fetch = { ...scriptContainer(args, ["fetch", "none"]), name: FETCH_CONTAINER };
    return pod(args, [fetch, serverContainer(server)], ["restore", "none"]);
}

function pod(args: BackupPodArgs, initContainers: ContainerArgs[], action: string[]): PodArgs {
    return {
        uid: HYSDS_UID,
        placement: args.placement,
        serviceAccountName: args.identity.serviceAccountName,
        initContainers,
        containers: [scriptContainer(args, action)],
        volumes: volumes(args),
    };
}

function scriptContainer(args: BackupPodArgs, action: string[]): ContainerArgs {
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
function dumpContainer(
    { secretName }: BackupPodArgs,
    { program, image }: StoreServer,
): ContainerArgs {
    const secret = (key: string): k8s.types.input.core.v1.EnvVar["valueFrom"] => ({
        secretKeyRef: { name: secretName, key },
    });
    return {
        name: "dump",
        image,
        command: [`${program}-cli`, "-h", "$(STORE_HOST)", "--rdb", `${DUMP_FOLDER}/${DUMP_FILE}`],
        terminationMessagePolicy: "FallbackToLogsOnError",
        env: [
            { name: "STORE_HOST", valueFrom: secret("host") },
            // valkey-cli reads this name too.
            { name: "REDISCLI_AUTH", valueFrom: secret("password") },
        ],
        resources: resourceRequirements({ cpu: 25, memory: 32, cpuLimit: 500, memoryLimit: 128 }),
        volumeMounts: [{ name: "dump", mountPath: DUMP_FOLDER }],
    };
}

/** A sidecar: it ends with the script. Nobody outside the pod reaches it, and it writes nothing. */
function serverContainer({ program, image }: StoreServer): ContainerArgs {
    const ping = [`${program}-cli`, "-e", "-p", String(LOADED_PORT), "ping"];
    return {
        name: "server",
        image,
        restartPolicy: "Always",
        terminationMessagePolicy: "FallbackToLogsOnError",
        command: [
            `${program}-server`,
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
        volumeMounts: [{ name: "dump", mountPath: DUMP_FOLDER }],
    };
}
