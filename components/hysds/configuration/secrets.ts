import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as path from "path";
import { fileSecret } from "../../kubernetes/file-secret";
import { Platform } from "../../platform/platform";
import { ConfigurationFile, ConfigurationInputs, renderConfiguration, FILE_PATHS } from ".";
import { NamespaceRole, Namespaces, namespaceRole } from "../namespaces";
import { WorkloadSpec } from "../catalog/workload-spec";

export interface ConfigurationFilesArgs {
    readonly platform: Platform;
    readonly namespaces: Namespaces;
    readonly inputs: pulumi.Output<ConfigurationInputs>;
    /** Whose files to make. */
    readonly workloads: readonly WorkloadSpec[];
}

/**
 * One immutable, auto-named Secret for each configuration file and namespace that a workload mounts it in.
 * A changed file is a new Secret with a new name, and so a changed pod template of exactly the pods that mount it.
 */
export class ConfigurationFiles extends pulumi.ComponentResource {
    private readonly secrets = new Map<string, k8s.core.v1.Secret>();

    constructor(name: string, args: ConfigurationFilesArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:ConfigurationFiles", name, {}, opts);
        const rendered = args.inputs.apply(renderConfiguration);
        for (const spec of args.workloads) {
            const role = namespaceRole(spec);
            for (const file of spec.files) {
                this.create(name, file, role, args, rendered);
            }
        }
        this.registerOutputs();
    }

    /**
     * The Secret that holds a file under its base name.
     *
     * @throws Error when no workload of the catalogue mounts that file there
     */
    secret(file: ConfigurationFile, role: NamespaceRole): k8s.core.v1.Secret {
        const secret = this.secrets.get(`${role}/${file}`);
        if (!secret) {
            throw new Error(`No spec of the catalogue mounts ${file} among ${role}.`);
        }
        return secret;
    }

    private create(
        name: string,
        file: ConfigurationFile,
        role: NamespaceRole,
        { platform, namespaces }: ConfigurationFilesArgs,
        rendered: pulumi.Output<Record<ConfigurationFile, string>>,
    ): void {
        const key = `${role}/${file}`;
        if (this.secrets.has(key)) {
            return;
        }
        const content = pulumi.secret(rendered.apply((files) => files[file]));
        const secret = fileSecret(
            `${name}-${role}-${slug(file)}`,
            { platform, namespace: namespaces[role], files: { [fileKey(file)]: content } },
            this,
        );
        this.secrets.set(key, secret);
    }
}

/** The key of a file in its Secret. */
export function fileKey(file: ConfigurationFile): string {
    return path.basename(FILE_PATHS[file]);
}

/** A file's name as a DNS label. */
export function slug(file: string): string {
    return file.replaceAll(/[^a-z0-9]+/g, "-");
}
