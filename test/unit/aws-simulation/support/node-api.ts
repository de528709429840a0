import { V1Node } from "@kubernetes/client-node";
import * as http from "node:http";
import { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect } from "vitest";

/** Of a JSON Patch. */
interface Operation {
    readonly op: string;
    readonly path: string;
    readonly value: unknown;
}

/** `add` to an object's member takes the place of what was there: https://www.rfc-editor.org/rfc/rfc6902#section-4.1 */
function perform({ op, path, value }: Operation, node: V1Node): void {
    expect(op).toBe("add");
    const [, section = "", member = "", ...deeper] = path.split("/");
    expect(deeper).toEqual([]);
    const sections = node as unknown as Record<string, Record<string, unknown>>;
    sections[section] = { ...sections[section], [member]: value };
}

/** As much of a Kubernetes API server as nodes need. */
export class NodeApi {
    public readonly nodes = new Map<string, V1Node>();
    private readonly server = http.createServer((request, response) => {
        this.answer(request).then(
            ({ status, body }) => {
                response.writeHead(status, { "content-type": "application/json" });
                response.end(JSON.stringify(body));
            },
            (error: unknown) => response.writeHead(500).end(String(error)),
        );
    });

    static async start(): Promise<NodeApi> {
        const api = new NodeApi();
        await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
        return api;
    }

    stop(): void {
        this.server.closeAllConnections();
        this.server.close();
    }

    /** JSON, which is YAML too. */
    get kubeconfig(): string {
        const { port } = this.server.address() as AddressInfo;
        return JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [
                {
                    name: "api",
                    cluster: {
                        server: `http://127.0.0.1:${port}`,
                        "insecure-skip-tls-verify": true,
                    },
                },
            ],
            users: [{ name: "user", user: {} }],
            contexts: [{ name: "context", context: { cluster: "api", user: "user" } }],
            "current-context": "context",
        });
    }

    private async answer(
        request: http.IncomingMessage,
    ): Promise<{ status: number; body: unknown }> {
        const url = new URL(request.url ?? "", "http://api");
        const name = /^\/api\/v1\/nodes\/(.+)$/.exec(url.pathname)?.[1];
        if (request.method === "GET" && name === undefined) {
            return { status: 200, body: { kind: "NodeList", items: this.selected(url) } };
        }
        if (request.method === "POST") {
            const node = (await json(request)) as V1Node;
            const key = node.metadata?.name ?? "";
            if (this.nodes.has(key)) {
                return { status: 409, body: { kind: "Status", reason: "AlreadyExists" } };
            }
            this.nodes.set(key, node);
            return { status: 200, body: node };
        }
        const node = this.nodes.get(name ?? "");
        if (request.method === "PATCH" && node) {
            expect(request.headers["content-type"]).toBe("application/json-patch+json");
            ((await json(request)) as Operation[]).forEach((operation) => perform(operation, node));
        }
        if (request.method === "DELETE") {
            this.nodes.delete(name ?? "");
        }
        return { status: node ? 200 : 404, body: node ?? { kind: "Status" } };
    }

    private selected(url: URL): V1Node[] {
        const [label = "", value] = url.searchParams.get("labelSelector")?.split("=") ?? [];
        return [...this.nodes.values()].filter(
            ({ metadata }) => metadata?.labels?.[label] === value,
        );
    }
}
