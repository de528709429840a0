import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { fileSecret } from "../../kubernetes/file-secret";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings, WorkerFileSettings } from "../../settings/settings";
import { WorkerSpec } from "../catalog/workload-spec";
import { AWS_DIRECTORY } from "../pod/paths";
import { Mounted } from "../pod/volumes";

const VOLUME = "worker-files";

const AWS_CONFIG = `${AWS_DIRECTORY}/config`;

/** A file of job workers, by the key of the Secret that holds it. */
export interface WorkerFile extends Pick<WorkerFileSettings, "path" | "mode" | "workers"> {
    readonly secretName: pulumi.Input<string>;
    readonly key: string;
}

export interface WorkerFilesArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    /** Whether `~/.aws/config` comes from elsewhere: see object-store.ts. */
    readonly hasAwsConfig: boolean;
}

/**
 * The files that job workers have for their jobs to import: those of `hysds:workerFiles`, and `~/.aws/config`, which so
 * many job specifications import that it is always there. What the stack gives is kept in one immutable, auto-named
 * Secret, so that workers roll when it changes. Secrets that it names are read by the kubelet alone: their content is
 * not in Pulumi's state, and a changed one reaches pods that start after.
 */
export function workerFiles(
    name: string,
    args: WorkerFilesArgs,
    parent: pulumi.Resource,
): readonly WorkerFile[] {
    const given = args.settings.hysds.workerFiles;
    const files = args.hasAwsConfig ? given : [...given, awsConfig(args)];
    const contents = files.flatMap(({ source, path: place }, index) =>
        "content" in source ? [[keyOf(place, index), source.content] as const] : [],
    );
    const secretName =
        contents.length === 0
            ? ""
            : fileSecret(name, { ...args, files: Object.fromEntries(contents) }, parent).metadata
                  .name;
    return files.map(({ source, path: place, mode, workers }, index) => ({
        path: place,
        mode,
        workers,
        ...("content" in source
            ? { secretName, key: keyOf(place, index) }
            : { secretName: source.secret.name, key: source.secret.key }),
    }));
}

/** Those that one worker has: what the stack gives goes before what is always there. */
export function filesOf(files: readonly WorkerFile[], { name }: WorkerSpec): readonly WorkerFile[] {
    const own = files.filter(({ workers }) => workers?.includes(name) ?? true);
    return own.filter((file, index) => own.findIndex((each) => each.path === file.path) === index);
}

/** What a worker and its container engine mount: each file at its own path, in directories that stay writable. */
export function mountedFiles(files: readonly WorkerFile[]): Mounted {
    if (files.length === 0) {
        return { volumes: [], mounts: [] };
    }
    const own = files.map((file, index) => ({ ...file, subPath: keyOf(file.path, index) }));
    const sources = own.map(({ secretName, key, mode, subPath }) => ({
        secret: { name: secretName, items: [{ key, path: subPath, mode }] },
    }));
    return {
        volumes: [{ name: VOLUME, projected: { sources } }],
        mounts: own.map(({ path: mountPath, subPath }) => ({
            name: VOLUME,
            mountPath,
            subPath,
            readOnly: true,
        })),
    };
}

/** Several files may have one name. */
function keyOf(place: string, index: number): string {
    return `${index}-${path.basename(place)}`;
}

/**
 * The region, and STS in it: the global endpoint is out of reach of a VPC's own endpoints, and in GovCloud there is none.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html
 */
function awsConfig({ settings, platform }: WorkerFilesArgs): WorkerFileSettings {
    const lines = platform.region.apply((region) =>
        settings.platform.kind === "aws"
            ? [`region = ${region}`, "sts_regional_endpoints = regional"]
            : [],
    );
    const content = lines.apply((own) => ["[default]", ...own, ""].join("\n"));
    return { path: AWS_CONFIG, source: { content }, mode: 0o444 };
}
