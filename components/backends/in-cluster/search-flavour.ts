import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword } from "./password";

/** How one search engine is configured: the difference between OpenSearch and Elasticsearch. */
export interface SearchFlavour {
    readonly username: string;
    /** Home folder of the image. */
    readonly home: string;
    /** Files of the ConfigMap, without credentials, by name. */
    readonly config: Record<string, string>;
    /** Files of the Secret, by name. */
    readonly secrets: (password: GeneratedPassword) => Record<string, pulumi.Output<string>>;
    /**
     * Shell script that makes the configuration folder, at /prepared, from the image's own, from the ConfigMap at
     * /rendered and the Secret at /secrets.
     */
    readonly prepareScript: string;
    /** Environment of the server. */
    readonly env: (
        secretName: pulumi.Input<string>,
        heapMiB: number,
    ) => k8s.types.input.core.v1.EnvVar[];
}

/**
 * netrc(5) with the credentials of the server on this host, by which probes authenticate without showing a password
 * on a command line.
 *
 * @returns text that holds the password: a secret
 */
export function renderNetrc(username: string, password: string): string {
    return `machine 127.0.0.1 login ${username} password ${password}\n`;
}
