import * as k8s from "@pulumi/kubernetes";
import { fileKey, slug } from "../configuration/secrets";
import { HysdsContext } from "../context";
import { isPythonImage } from "../images";
import { NamespaceRole, namespaceRole } from "../namespaces";
import { FILE_PATHS, HOME_DIRECTORY, PROBES_DIRECTORY } from "./paths";
import { Row } from "../catalog/workload-spec";

type Volume = k8s.types.input.core.v1.Volume & { readonly name: string };
type VolumeMount = k8s.types.input.core.v1.VolumeMount & { readonly name: string };

/** Volumes of a pod, and where one of its containers mounts them. */
export interface Mounted {
    readonly volumes: readonly Volume[];
    readonly mounts: readonly VolumeMount[];
}

const TEMPORARY_SIZE = "1Gi";

/** Everything that a container of this row mounts: configuration, scratch space, and the probes' scripts. */
export function rowVolumes(context: HysdsContext, row: Row): Mounted {
    const role = namespaceRole(row);
    const parts = [configurationFiles(context, row, role), scratch(row)];
    if (isPythonImage(row.image)) {
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

function configurationFiles(context: HysdsContext, row: Row, role: NamespaceRole): Mounted {
    return joined(
        row.files.map((file) => {
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

function scratch(row: Row): Mounted {
    const home = isPythonImage(row.image) ? [HOME_DIRECTORY] : [];
    return joined(["/tmp", ...home, ...(row.writes ?? [])].map(emptyDirectory));
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
