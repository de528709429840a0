import * as pulumi from "@pulumi/pulumi";

/** User name and password of a store. The password is always a secret output. */
export interface Credentials {
    /** Absent where a store knows a password only, as Redis AUTH does. */
    readonly username?: pulumi.Output<string>;
    readonly password: pulumi.Output<string>;
}

export type Scheme = "amqp" | "amqps" | "redis" | "rediss" | "http" | "https";

export interface EndpointArgs {
    readonly scheme: Scheme;
    readonly host: pulumi.Input<string>;
    readonly port: number;
    readonly credentials?: Credentials;
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

    /** Whether the connection is encrypted. */
    get tls(): boolean {
        return ["amqps", "rediss", "https"].includes(this.scheme);
    }

    /** `scheme://host:port`, without credentials: not a secret. */
    origin(): pulumi.Output<string> {
        return pulumi.interpolate`${this.scheme}://${this.host}:${this.port}`;
    }

    /**
     * `scheme://user:password@host:port`, both percent-encoded so that every character a store allows survives.
     * A secret when the endpoint has credentials.
     */
    url(): pulumi.Output<string> {
        const credentials = this.credentials;
        if (!credentials) {
            return this.origin();
        }
        return pulumi.secret(
            pulumi
                .all([credentials.username ?? "", credentials.password, this.host])
                .apply(([username, password, host]) => {
                    const userinfo = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
                    return `${this.scheme}://${userinfo}@${host}:${this.port}`;
                }),
        );
    }
}
