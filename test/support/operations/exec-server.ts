import { KubeConfig } from "@kubernetes/client-node";
import { WebSocketServer } from "ws";
import { FakeHandler, FakeServer } from "./fake-server";

/** A command that the server was asked to run. */
export interface Executed {
    readonly pod: string;
    readonly container: string;
    readonly command: readonly string[];
}

/** Channels of the protocol: https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/websocket.go */
const STDERR = 2;
const STATUS = 3;

/**
 * The Kubernetes API with `pods/exec` over WebSockets (v4.channel.k8s.io); everything else is answered as the test says.
 */
export class ExecServer {
    public readonly executed: Executed[] = [];

    public readonly kubernetes = new KubeConfig();

    private constructor(private readonly api: FakeServer) {
        this.kubernetes.loadFromClusterAndUser(
            { name: "fake", server: `http://127.0.0.1:${api.port}`, skipTLSVerify: true },
            { name: "fake" },
        );
    }

    /** @param complain what a command writes to standard error before it fails; undefined when it does not fail */
    static async start(
        answer: FakeHandler,
        complain: (executed: Executed) => string | undefined = () => undefined,
    ): Promise<ExecServer> {
        const started = new ExecServer(await FakeServer.start(answer));
        started.accept(complain);
        return started;
    }

    stop(): Promise<void> {
        return this.api.stop();
    }

    private accept(complain: (executed: Executed) => string | undefined): void {
        const sockets = new WebSocketServer({
            server: this.api.server,
            handleProtocols: (offered) =>
                offered.has("v4.channel.k8s.io") ? "v4.channel.k8s.io" : false,
        });
        sockets.on("connection", (socket, { url = "" }) => {
            const { pathname, searchParams } = new URL(url, "http://kubernetes");
            const [, pod = ""] =
                /^\/api\/v1\/namespaces\/hysds-jobs\/pods\/([^/]+)\/exec$/.exec(pathname) ?? [];
            const executed = {
                pod,
                container: searchParams.get("container") ?? "",
                command: searchParams.getAll("command"),
            };
            this.executed.push(executed);
            const complaint = complain(executed);
            const send = (channel: number, text: string) =>
                socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
            if (complaint !== undefined) {
                send(STDERR, complaint);
            }
            const status = complaint === undefined ? "Success" : "Failure";
            const message = "command terminated with non-zero exit code";
            send(
                STATUS,
                JSON.stringify({ status, ...(complaint === undefined ? {} : { message }) }),
            );
            socket.close();
        });
    }
}
