import { STATUS_CODES } from "node:http";
import pRetry from "p-retry";
import { Pool, type Dispatcher } from "undici";
import { OperationsError, oneLine } from "./errors";

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "DELETE";

export interface RequestOptions {
    readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
    /** Sent as application/json. */
    readonly json?: unknown;
    /** Sent as it is; a record is sent as application/x-www-form-urlencoded. */
    readonly body?: string | Buffer | Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** Longest wait for an answer, ms; default 60,000. */
    readonly timeoutMs?: number;
}

/** Asks one HTTP service. */
export interface HttpClient {
    /**
     * Returns the parsed body of a JSON answer, the text of another, and undefined of an empty one.
     *
     * @param path beginning with a slash, percent-encoded
     * @throws HttpError when the status is not 2xx
     * @throws OperationsError when there is no answer
     */
    request<T>(method: HttpMethod, path: string, options?: RequestOptions): Promise<T>;
}

/** An answer other than 2xx. */
export class HttpError extends OperationsError {
    constructor(
        public readonly status: number,
        /** Parsed when it is JSON. */
        public readonly body: unknown,
        /** Without credentials. */
        public readonly url: string,
    ) {
        super(`${url} answered ${status} ${STATUS_CODES[status] ?? ""}${excerpt(body)}`);
    }
}

/** Whether what was asked for is not there. */
export function isNotFound(failure: unknown): boolean {
    return failure instanceof HttpError && failure.status === 404;
}

export interface HttpAddress {
    /** How it is called in messages. */
    readonly name: string;
    readonly scheme: "http" | "https";
    /** Name that it is known by: for TLS, for the Host header and in messages. */
    readonly host: string;
    /** Where connections really go. */
    readonly connectTo: { readonly host: string; readonly port: number };
    readonly credentials?: { readonly username: string; readonly password: string };
    /** Why the way there is broken, where it knows better than the connection does. */
    readonly whyBroken?: () => string | undefined;
}

const LONGEST_EXCERPT = 300;

function excerpt(body: unknown): string {
    if (body === undefined || body === "") {
        return "";
    }
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return `: ${text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text}`;
}

/**
 * An {@link HttpClient} over connections that lead to another place than the service's own name says, as those through
 * a port-forward do. Questions (GET and HEAD) are asked again while connections break; nothing else is.
 */
export class ForwardedHttpClient implements HttpClient {
    private readonly pool: Pool;

    constructor(private readonly address: HttpAddress) {
        const { scheme, connectTo, host } = address;
        this.pool = new Pool(`${scheme}://${connectTo.host}:${connectTo.port}`, {
            connections: 4,
            connect: { servername: host },
        });
    }

    async request<T>(method: HttpMethod, path: string, options: RequestOptions = {}): Promise<T> {
        const retries = method === "GET" || method === "HEAD" ? 2 : 0;
        const ask = () => this.ask(method, path, options);
        try {
            return (await pRetry(ask, {
                retries,
                minTimeout: 200,
                shouldRetry: ({ error }) => !(error instanceof HttpError),
            })) as T;
        } catch (failure) {
            if (failure instanceof OperationsError) {
                throw failure;
            }
            const { name, whyBroken } = this.address;
            const why = whyBroken?.() ?? oneLine(failure);
            throw new OperationsError(`${name} does not answer (${why}): run "hysds-ops doctor"`, {
                cause: failure,
            });
        }
    }

    close(): Promise<void> {
        return this.pool.destroy();
    }

    private async ask(method: HttpMethod, path: string, options: RequestOptions): Promise<unknown> {
        const { json, body, query = {}, timeoutMs = 60_000 } = options;
        const answer = await this.pool.request({
            method,
            path,
            query: Object.fromEntries(
                Object.entries(query).filter(([, value]) => value !== undefined),
            ),
            headers: { ...this.headers(), ...contentType(options), ...options.headers },
            body: json === undefined ? encoded(body) : JSON.stringify(json),
            headersTimeout: timeoutMs,
            bodyTimeout: timeoutMs,
        });
        const content = await contentOf(answer);
        if (answer.statusCode < 200 || answer.statusCode > 299) {
            const { scheme, host } = this.address;
            throw new HttpError(answer.statusCode, content, `${scheme}://${host}${path}`);
        }
        return content;
    }

    private headers(): Record<string, string> {
        const { host, credentials } = this.address;
        if (!credentials) {
            return { host };
        }
        const login = `${credentials.username}:${credentials.password}`;
        return { host, authorization: `Basic ${Buffer.from(login).toString("base64")}` };
    }
}

function encoded(body: RequestOptions["body"]): string | Buffer | undefined {
    return body === undefined || typeof body === "string" || Buffer.isBuffer(body)
        ? body
        : new URLSearchParams(body).toString();
}

function contentType({ json, body }: RequestOptions): Record<string, string> {
    if (json !== undefined) {
        return { "content-type": "application/json" };
    }
    return body === undefined || typeof body === "string" || Buffer.isBuffer(body)
        ? {}
        : { "content-type": "application/x-www-form-urlencoded" };
}

async function contentOf({ headers, body }: Dispatcher.ResponseData): Promise<unknown> {
    const text = await body.text();
    if (text === "") {
        return undefined;
    }
    return /\bjson\b/.test(String(headers["content-type"])) ? (JSON.parse(text) as unknown) : text;
}
