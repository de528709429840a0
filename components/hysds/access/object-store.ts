import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ObjectStore } from "../../backends/object-store";
import { fileSecret } from "../../kubernetes/file-secret";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { AWS_DIRECTORY, OBJECT_STORE_DIRECTORY } from "../pod/paths";
import { Mounted } from "../pod/volumes";

const CERTIFICATE_FILE = `${OBJECT_STORE_DIRECTORY}/ca.crt`;

export interface ObjectStoreAccessArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly store: ObjectStore | undefined;
}

/**
 * What opens the object store, as AWS clients read it: an immutable, auto-named Secret with the files of `~/.aws`, the
 * certificate to trust, and an environment that names them all. No credential is in a variable: those of a worker reach
 * logs, and those of a job the command line that starts it. Undefined where there is no object store.
 */
export function objectStoreAccess(
    name: string,
    { platform, namespace, store }: ObjectStoreAccessArgs,
    parent: pulumi.Resource,
): k8s.core.v1.Secret | undefined {
    if (store === undefined) {
        return undefined;
    }
    const files = {
        config: awsConfig(store),
        credentials: awsCredentials(store),
        environment: environment(),
        ...(store.certificate ? { "ca.crt": store.certificate } : {}),
    };
    return fileSecret(name, { platform, namespace, files }, parent);
}

/**
 * The files of the Secret, for a job worker, its engine and its jobs.
 *
 * @param own the worker's own files, which go before these at the same paths
 */
export function objectStoreFiles(
    secret: k8s.core.v1.Secret | undefined,
    own: readonly { readonly path: string }[],
): Mounted {
    if (secret === undefined) {
        return { volumes: [], mounts: [] };
    }
    const name = "object-store";
    const awsFiles = ["config", "credentials"]
        .map((file) => ({ name, mountPath: `${AWS_DIRECTORY}/${file}`, subPath: file }))
        .filter(({ mountPath }) => !own.some(({ path }) => path === mountPath));
    return {
        volumes: [{ name, secret: { secretName: secret.metadata.name, defaultMode: 0o444 } }],
        mounts: [{ name, mountPath: OBJECT_STORE_DIRECTORY }, ...awsFiles].map((mount) => ({
            ...mount,
            readOnly: true,
        })),
    };
}

/**
 * https://boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html#using-a-configuration-file, and
 * for endpoint_url https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function awsConfig({
    host,
    region,
    foundByRegion,
    certificate,
}: ObjectStore): pulumi.Output<string> {
    return host.apply((name) =>
        [
            "[default]",
            `region = ${region}`,
            // Nobody answers to <bucket>.<host>.
            ...(foundByRegion
                ? []
                : [`endpoint_url = https://${name}`, "s3 =", "    addressing_style = path"]),
            ...(certificate === undefined ? [] : [`ca_bundle = ${CERTIFICATE_FILE}`]),
            "",
        ].join("\n"),
    );
}

function awsCredentials({ credentials }: ObjectStore): pulumi.Output<string> {
    const { accessKeyId, secretAccessKey } = credentials ?? {};
    return pulumi.secret(
        pulumi
            .output(secretAccessKey)
            .apply((secret) =>
                accessKeyId === undefined || secret === undefined
                    ? ""
                    : [
                          "[default]",
                          `aws_access_key_id = ${accessKeyId}`,
                          `aws_secret_access_key = ${secret}`,
                          "",
                      ].join("\n"),
            ),
    );
}

/** Read by podman, which gives it to each job, whose home may be anywhere. */
function environment(): string {
    return [
        `AWS_CONFIG_FILE=${OBJECT_STORE_DIRECTORY}/config`,
        `AWS_SHARED_CREDENTIALS_FILE=${OBJECT_STORE_DIRECTORY}/credentials`,
        "",
    ].join("\n");
}
