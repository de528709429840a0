import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that a fake server was sent. */
export interface FakeRequest {
    readonly method: string;
    /** Without the query, as it came. */
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingMessage["headers"];
    /** The body as it came. */
    readonly text: string;
    /** The body read as JSON; undefined when it is none. */
    readonly json: unknown;
}

/** JSON unless it is a text. The status is 200 unless told. */
export interface FakeAnswer {
    readonly status?: number;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
}

export type FakeHandler = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** A real HTTP server on loopback, answered for by the test. */
export class FakeServer {
    /** Every request so far. */
    public readonly asked: FakeRequest[] = [];

    private constructor(
        /** For what is more than requests and answers. */
        public readonly server: Server,
        public readonly port: number,
    ) {}

    static async start(handler: FakeHandler): Promise<FakeServer> {
        const answer = (incoming: IncomingMessage, outgoing: ServerResponse) =>
            void read(incoming).then(async (request) => {
                started.asked.push(request);
                respond(outgoing, await handler(request));
            });
        const server = createServer(answer);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const started = new FakeServer(server, (server.address() as AddressInfo).port);
        return started;
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

async function read(incoming: IncomingMessage): Promise<FakeRequest> {
    const url = new URL(incoming.url ?? "/", "http://fake");
    const body = await text(incoming);
    return {
        method: incoming.method ?? "",
        path: (incoming.url ?? "/").split("?")[0] ?? "",
        query: url.searchParams,
        headers: incoming.headers,
        text: body,
        json: parsed(body),
    };
}

function parsed(body: string): unknown {
    try {
        return JSON.parse(body) as unknown;
    } catch {
        return undefined;
    }
}

function respond(outgoing: ServerResponse, { status = 200, body, headers }: FakeAnswer): void {
    const type = typeof body === "string" ? "text/plain" : "application/json";
    outgoing.writeHead(status, { "content-type": type, ...headers });
    outgoing.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
}
