import { AddressInfo, createServer, Server, Socket } from "node:net";
import { PassThrough } from "node:stream";
import { KubeConfig, PortForward } from "@kubernetes/client-node";
import { oneLine } from "../errors";

/** A pod whose ports are forwarded. */
export interface ForwardedPod {
    readonly namespace: string;
    readonly name: string;
}

/** A port on this machine's loopback that leads into a pod. */
export interface ForwardedPort {
    readonly host: "127.0.0.1";
    readonly port: number;
    /** Why the last connection ended, if it ended by a failure. */
    readonly failure: () => string | undefined;
}

/** What is needed of the WebSocket that a forwarded connection runs through. */
interface WebSocketConnection {
    onclose: unknown;
    onerror: unknown;
    close(): void;
}

/**
 * Forwards ports of this machine's loopback into a pod, as `kubectl port-forward` does: each connection is a WebSocket
 * to the Kubernetes API, which asks the pod's kubelet to connect inside the pod.
 */
export class PortForwarder {
    private readonly servers: Server[] = [];
    private readonly sockets = new Set<Socket>();

    constructor(
        private readonly kubernetes: KubeConfig,
        private readonly pod: ForwardedPod,
    ) {}

    /** Listens for connections to a port of the pod; nothing is connected before the first one arrives. */
    async open(podPort: number): Promise<ForwardedPort> {
        let failure: string | undefined;
        const server = createServer((socket) => {
            this.sockets.add(socket);
            socket.once("close", () => this.sockets.delete(socket));
            socket.on("error", () => undefined);
            this.forward(podPort, socket, (why) => {
                failure = why;
                socket.destroy();
            });
        });
        await new Promise<void>((resolve, reject) => {
            server.once("error", reject);
            server.listen(0, "127.0.0.1", resolve);
        });
        this.servers.push(server);
        const { port } = server.address() as AddressInfo;
        return { host: "127.0.0.1", port, failure: () => failure };
    }

    /** Ends every connection and stops listening. */
    async close(): Promise<void> {
        this.sockets.forEach((socket) => socket.destroy());
        const closing = this.servers
            .splice(0)
            .map((server) => new Promise((resolve) => void server.close(resolve)));
        await Promise.all(closing);
    }

    private forward(podPort: number, socket: Socket, fail: (why: string) => void): void {
        // What the kubelet says when the pod refuses the connection.
        const complaints = new PassThrough().on("data", (text: Buffer) => {
            if (text.length > 0) {
                fail(text.toString().trim());
            }
        });
        new PortForward(this.kubernetes, false)
            .portForward(this.pod.namespace, this.pod.name, [podPort], socket, complaints, socket)
            .then(
                (connection) => join(connection as WebSocketConnection, socket),
                (problem: unknown) => fail(whyRefused(problem)),
            );
    }
}

function join(connection: WebSocketConnection, socket: Socket): void {
    connection.onclose = () => socket.end();
    connection.onerror = () => socket.destroy();
    socket.once("close", () => connection.close());
    if (socket.destroyed) {
        connection.close();
    }
}

/** A WebSocket that is refused reports an event with a message, not an Error. */
export function whyRefused(problem: unknown): string {
    const isEvent = typeof problem === "object" && problem !== null && "message" in problem;
    return isEvent ? String(problem.message) : oneLine(problem);
}
