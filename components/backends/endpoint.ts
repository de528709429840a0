import * as pulumi from "@pulumi/pulumi";
import { isEncrypted, Scheme } from "../settings/scheme";

/** User name and password of a store. The password is always a secret output. */
export interface Credentials {
    /** Absent where a store knows a password only, as Redis AUTH does. */
    readonly username?: pulumi.Output<string>;
    readonly password: pulumi.Output<string>;
}

export interface EndpointArgs {
    readonly scheme: Scheme;
    readonly host: pulumi.Input<string>;
    readonly port: number;
    readonly credentials?: Credentials;
}

/** An address as plain text. Whoever holds it with a password keeps it secret as a whole. */
export interface ResolvedEndpoint {
    readonly scheme: Scheme;
    readonly host: string;
    readonly port: number;
    /** Whether the connection is encrypted. */
    readonly tls: boolean;
    readonly username?: string;
    readonly password?: string;
    /** `scheme://user:password@host:port`, both percent-encoded so that every character a store allows survives. */
    readonly url: string;
}

type AddressParts = Pick<ResolvedEndpoint, "scheme" | "host" | "port" | "username" | "password">;

/** An address from its parts. */
export function resolvedEndpoint(parts: AddressParts): ResolvedEndpoint {
    const { scheme, host, port, username, password } = parts;
    const userinfo =
        username === undefined && password === undefined
            ? ""
            : `${encodeURIComponent(username ?? "")}:${encodeURIComponent(password ?? "")}@`;
    return {
        scheme,
        host,
        port,
        tls: isEncrypted(scheme),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        url: origin({ scheme, host: `${userinfo}${host}`, port }),
    };
}

/** `scheme://host:port`: an address without credentials. */
export function origin({
    scheme,
    host,
    port,
}: Pick<ResolvedEndpoint, "scheme" | "host" | "port">): string {
    return `${scheme}://${host}:${port}`;
}

/** One address of one store, with the credentials that open it. */
export class Endpoint {
    public readonly scheme: Scheme;
    public readonly host: pulumi.Output<string>;
    public readonly port: number;
    public readonly credentials?: Credentials;

    constructor(args: EndpointArgs) {
        this.scheme = args.scheme;
        this.host = pulumi.output(args.host);
        this.port = args.port;
        this.credentials = args.credentials;
    }

    /** `scheme://host:port`, without credentials: not a secret. */
    origin(): pulumi.Output<string> {
        const { scheme, port } = this;
        return this.host.apply((host) => origin({ scheme, host, port }));
    }

    /** The address in plain text: a secret when the endpoint has credentials. */
    resolved(): pulumi.Output<ResolvedEndpoint> {
        const { scheme, port, credentials } = this;
        const { username, password } = credentials ?? {};
        const known = pulumi
            .all([this.host, pulumi.output(username), pulumi.output(password)])
            .apply(([host, user, secret]) =>
                resolvedEndpoint({ scheme, host, port, username: user, password: secret }),
            );
        return credentials ? pulumi.secret(known) : known;
    }
}
