import * as fs from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { CapturedResource, Evaluation } from "./evaluation";
import { redact } from "./secret";

/** A Kubernetes object as it goes to the API server. */
export interface Manifest {
    readonly resource: CapturedResource;
    readonly apiVersion: string;
    readonly kind: string;
    /** Absent for objects that belong to the whole cluster. */
    readonly namespace?: string;
    readonly name: string;
    /** The object; secrets in it are `SecretValue`s. */
    readonly body: Readonly<Record<string, unknown>>;
}

interface Metadata {
    readonly name: string;
    readonly namespace?: string;
}

/** The Kubernetes objects of a stack, with the names that the provider would generate where a resource has none. */
export function renderManifests(evaluation: Evaluation): Manifest[] {
    return evaluation.resources.filter(isKubernetesObject).map((resource) => {
        const metadata = resource.outputs.metadata as Metadata;
        return {
            resource,
            apiVersion: String(resource.inputs.apiVersion),
            kind: String(resource.inputs.kind),
            namespace: metadata.namespace,
            name: metadata.name,
            body: { ...resource.inputs, metadata },
        };
    });
}

/**
 * Writes each manifest to `<directory>/<namespace>/<kind>-<name>.yaml` (`cluster-wide` in place of a namespace), with
 * secrets masked, and returns the files. What was in `directory` before is removed.
 */
export function writeManifests(manifests: readonly Manifest[], directory: string): string[] {
    fs.rmSync(directory, { recursive: true, force: true });
    return manifests.map((manifest) => {
        const { kind, name, namespace, body } = manifest;
        const folder = path.join(directory, namespace ?? "cluster-wide");
        const file = path.join(folder, `${kind}-${name}.yaml`.toLowerCase());
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(
            file,
            stringify(redact(body), { lineWidth: 0, aliasDuplicateObjects: false }),
        );
        return file;
    });
}

function isKubernetesObject(resource: CapturedResource): boolean {
    const { type, custom, existing } = resource;
    // A Helm release is an object of Helm's, not of the API server's.
    return /^kubernetes:(?!helm\.sh\/)/.test(type) && custom && !existing;
}
