import * as k8s from "@pulumi/kubernetes";
import { FILE_PATHS } from "../configuration";
import { fileKey, slug } from "../configuration/secrets";
import { HysdsContext } from "../context";
import { isPythonImage } from "../images";
import { NamespaceRole, namespaceRole } from "../namespaces";
import { HOME_DIRECTORY, PROBES_DIRECTORY } from "./paths";
import { WorkloadSpec } from "../catalog/workload-spec";

type Volume = k8s.types.input.core.v1.Volume & { readonly name: string };
type VolumeMount = k8s.types.input.core.v1.VolumeMount & { readonly name: string };

/** Volumes of a pod, and where one of its containers mounts them. */
export interface Mounted {
    readonly volumes: readonly Volume[];
    readonly mounts: readonly VolumeMount[];
}

const TEMPORARY_SIZE = "1Gi";

/** Everything that a container of this workload mounts: configuration, scratch space, and the probes' scripts. */
export function workloadVolumes(context: HysdsContext, spec: WorkloadSpec): Mounted {
    const role = namespaceRole(spec);
    const parts = [configurationFiles(context, spec, role), scratch(spec)];
    if (isPythonImage(spec.image)) {
        parts.push(probeScripts(context, role));
    }
    return joined(parts);
}

/** Several groups of volumes as one. */
export function joined(parts: readonly Mounted[]): Mounted {
    return {
        volumes: parts.flatMap(({ volumes }) => volumes),
        mounts: parts.flatMap(({ mounts }) => mounts),
    };
}

function configurationFiles(
    context: HysdsContext,
    spec: WorkloadSpec,
    role: NamespaceRole,
): Mounted {
    return joined(
        spec.files.map((file) => {
            const name = slug(file);
            const secretName = context.configuration.secret(file, role).metadata.name;
            return {
                volumes: [{ name, secret: { secretName, defaultMode: 0o440 } }],
                mounts: [
                    {
                        name,
                        mountPath: FILE_PATHS[file],
                        subPath: fileKey(file),
                        readOnly: true,
                    },
                ],
            };
        }),
    );
}

function scratch(spec: WorkloadSpec): Mounted {
    const home = isPythonImage(spec.image) ? [HOME_DIRECTORY] : [];
    return joined(["/tmp", ...home, ...(spec.writes ?? [])].map(emptyDirectory));
}

/** A directory that lives as long as the pod. */
export function emptyDirectory(mountPath: string): Mounted {
    const name = slug(mountPath.toLowerCase()).replaceAll(/^-|-$/g, "");
    return {
        volumes: [{ name, emptyDir: { sizeLimit: TEMPORARY_SIZE } }],
        mounts: [{ name, mountPath }],
    };
}

function probeScripts(context: HysdsContext, role: NamespaceRole): Mounted {
    const configMap = { name: context.probes[role].metadata.name };
    return {
        volumes: [{ name: "probes", configMap }],
        mounts: [{ name: "probes", mountPath: PROBES_DIRECTORY, readOnly: true }],
    };
}
