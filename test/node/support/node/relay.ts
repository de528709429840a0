import * as net from "node:net";

/** Where a relay listens, and what it connects its callers to. */
export interface RelayArgs {
    readonly listen: { readonly host: string; readonly port: number };
    readonly target: { readonly host: string; readonly port: number };
}

export interface Relay {
    /** Ends it, and every connection through it. */
    stop(): void;
}

/** Lets a node reach a server that listens on this machine's loopback only, without a rule in its firewall. */
export async function startRelay({ listen, target }: RelayArgs): Promise<Relay> {
    const sockets = new Set<net.Socket>();
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (caller) => {
        const upstream = net.connect({ ...target, allowHalfOpen: true, noDelay: true });
        for (const [socket, other] of [
            [caller, upstream],
            [upstream, caller],
        ] as const) {
            sockets.add(socket);
            socket.pipe(other);
            socket.on("error", () => other.destroy());
            socket.on("close", () => {
                sockets.delete(socket);
                other.end();
            });
        }
    });
    await new Promise<void>((resolve, reject) => {
        server.on("error", reject);
        server.listen(listen, resolve);
    });
    return {
        stop: () => {
            server.close();
            sockets.forEach((socket) => socket.destroy());
        },
    };
}
