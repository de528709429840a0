import { createServer, IncomingHttpHeaders, request, Server } from "node:http";
import { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
    readonly method?: string;
    readonly url?: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** An HTTP server on loopback that answers every request alike with JSON, and remembers what it was asked. */
export class RecordingServer {
    readonly received: Received[] = [];

    private constructor(private readonly server: Server) {}

    static async start(answer: string): Promise<RecordingServer> {
        const server = createServer();
        const recording = new RecordingServer(server);
        server.on("request", (incoming, outgoing) => {
            void text(incoming).then((body) => {
                const { method, url, headers } = incoming;
                recording.received.push({ method, url, headers, body });
                outgoing.setHeader("content-type", "application/json").end(answer);
            });
        });
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
        return recording;
    }

    get port(): number {
        return (this.server.address() as AddressInfo).port;
    }

    async stop(): Promise<void> {
        await new Promise((closed) => this.server.close(closed));
    }
}

export interface Sent {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** Asks with the path as it is: fetch() would normalise it. */
export function askAt(port: number, path: string, sent: Sent): Promise<Answer> {
    const { method = "GET", body = "" } = sent;
    const headers = { ...sent.headers, "content-length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
        const outgoing = request({ host: "127.0.0.1", port, path, method, headers }, (incoming) => {
            text(incoming).then(
                (answer) =>
                    resolve({
                        status: incoming.statusCode ?? 0,
                        headers: incoming.headers,
                        body: answer,
                    }),
                reject,
            );
        });
        outgoing.on("error", reject).end(body);
    });
}
