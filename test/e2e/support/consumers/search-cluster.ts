import { IncomingMessage, Server, createServer } from "node:http";
import { AddressInfo } from "node:net";

export interface Asked {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly authorization?: string;
}

interface Answer {
    readonly status: number;
    readonly body: unknown;
}

/** A search cluster as far as a bootstrap sees it: what was put is there, and indices and ISM policies only once. */
export class SearchCluster {
    readonly asked: Asked[] = [];
    /** Paths that were put, with what is there now. */
    readonly content = new Map<string, unknown>();
    /** How many more requests are answered with 503. */
    unavailable = 0;
    /** Answers that are not the cluster's own. */
    readonly refusals = new Map<string, Answer>();
    private constructor(
        private readonly server: Server,
        private readonly version: object,
    ) {}

    /** Listens on loopback. @param version what the cluster says of itself */
    static async start(version: object): Promise<SearchCluster> {
        const server = createServer();
        const cluster = new SearchCluster(server, version);
        server.on("request", (request, response) => {
            void cluster.answer(request).then(({ status, body }) => {
                response.writeHead(status, { "Content-Type": "application/json" });
                response.end(JSON.stringify(body));
            });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return cluster;
    }

    get port(): number {
        return (this.server.address() as AddressInfo).port;
    }

    async stop(): Promise<void> {
        await new Promise((resolve) => this.server.close(resolve));
    }

    private async answer(request: IncomingMessage): Promise<Answer> {
        const text = (await request.toArray()).map(String).join("");
        const { method = "", url: path = "", headers } = request;
        const body: unknown = text === "" ? undefined : JSON.parse(text);
        this.asked.push({ method, path, body, authorization: headers.authorization });
        if (this.unavailable > 0) {
            this.unavailable -= 1;
            return { status: 503, body: { error: "no master" } };
        }
        return this.refusals.get(path) ?? this.serve(method, path, body);
    }

    private serve(method: string, path: string, body: unknown): Answer {
        const [name = "", query] = path.split("?");
        if (name === "/") {
            return { status: 200, body: { version: this.version } };
        }
        if (method === "GET") {
            return { status: 200, body: { _seq_no: 7, _primary_term: 1 } };
        }
        if (this.content.has(name) && name.includes("/_ism/") && query === undefined) {
            return { status: 409, body: { error: "version conflict" } };
        }
        if (this.content.has(name) && /^\/[a-z]/.test(name) && !name.includes("_mapping")) {
            return { status: 400, body: { error: { type: "resource_already_exists_exception" } } };
        }
        this.content.set(name, body);
        return { status: 200, body: { acknowledged: true } };
    }
}
