import * as pulumi from "@pulumi/pulumi";
import { SigningProxySettings } from "../../settings/settings";

/** The search domain that a signing proxy stands before. */
export interface SignedDomain {
    /** Host name without scheme. */
    readonly host: pulumi.Input<string>;
    readonly region: pulumi.Input<string>;
}

export interface SigningProxyProcess {
    readonly image: string;
    readonly args: pulumi.Input<string>[];
}

/**
 * The program that signs, and its flags.
 *
 * `aws-sigv4-proxy` is AWS's own and maintained (https://github.com/awslabs/aws-sigv4-proxy). It sets no time limit
 * on a request, so `timeoutSeconds` does not reach it.
 *
 * `aws-es-proxy` is what HySDS used on its virtual machines (https://github.com/abutaha/aws-es-proxy, last release
 * 2023). It listens on loopback unless told otherwise, ends requests after 15 s by default, and reads the region from
 * the domain's host name, where it knows those regions only that AWS had in early 2023.
 */
export function signingProxyProcess(
    settings: SigningProxySettings,
    domain: SignedDomain,
    port: number,
): SigningProxyProcess {
    if (settings.implementation === "aws-es-proxy") {
        return {
            image: "docker.io/abutaha/aws-es-proxy:v1.5",
            args: [
                "-endpoint",
                pulumi.interpolate`https://${domain.host}`,
                "-listen",
                `0.0.0.0:${port}`,
                "-timeout",
                String(settings.timeoutSeconds),
            ],
        };
    }
    return {
        image: "public.ecr.aws/aws-observability/aws-sigv4-proxy:1.11.1",
        args: [
            "--name",
            "es",
            "--region",
            domain.region,
            "--host",
            domain.host,
            "--port",
            `:${port}`,
        ],
    };
}
