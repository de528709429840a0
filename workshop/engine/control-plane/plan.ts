import { join } from "node:path";

import type { ControlPlaneBinaries } from "../toolchain";
import { SIMULATED_NODE } from "./bootstrap";
import type { Tokens } from "./credentials";
import { componentKubeconfig, type Layout } from "./layout";
import type { Plan } from "./state";

/**
 * etcd listens on Unix sockets in the control plane's folder, which only its owner may enter: etcd
 * would answer anybody on a port. They are named relative to the working directory, as the length
 * of a socket's path is limited, and need the form host:port, which becomes the file name.
 */
const ETCD_CLIENT_SOCKET = "unix://etcd-client:0";
const ETCD_PEER_SOCKET = "unix://etcd-peer:0";

const SERVICE_ACCOUNT_ISSUER = "https://kubernetes.default.svc.cluster.local";
const SERVICE_RANGE = "10.96.0.0/16";
const POD_RANGE = "10.244.0.0/16";
const SIMULATION = join(__dirname, "simulation.yaml");

/**
 * The processes of a control plane and their command lines. The API server's port on 127.0.0.1 is
 * the only one that is listened on.
 */
export function planOf(
    layout: Layout,
    binaries: ControlPlaneBinaries,
    port: number,
    tokens: Tokens,
    endWithParent: boolean,
): Plan {
    const commands: [name: string, command: string, args: string[], afterReady: boolean][] = [
        ["etcd", binaries.etcd, etcdArguments(layout), false],
        ["kube-apiserver", binaries.kubeApiserver, apiserverArguments(layout, port), false],
        [
            "kube-controller-manager",
            binaries.kubeControllerManager,
            controllerManagerArguments(layout),
            true,
        ],
        ["kube-scheduler", binaries.kubeScheduler, clientArguments(layout, "kube-scheduler"), true],
        ["kwok", binaries.kwok, kwokArguments(layout), true],
    ];
    return {
        endWithParent,
        processes: commands.map(([name, command, args, afterReady]) => ({
            name,
            command,
            args,
            afterReady,
            log: join(layout.logs, `${name}.log`),
        })),
        readiness: { port, certificate: layout.servingCertificate, token: tokens.admin },
    };
}

function etcdArguments(layout: Layout): string[] {
    return [
        "--name=etcd",
        `--data-dir=${layout.etcdData}`,
        `--listen-client-urls=${ETCD_CLIENT_SOCKET}`,
        `--advertise-client-urls=${ETCD_CLIENT_SOCKET}`,
        `--listen-peer-urls=${ETCD_PEER_SOCKET}`,
        `--initial-advertise-peer-urls=${ETCD_PEER_SOCKET}`,
        `--initial-cluster=etcd=${ETCD_PEER_SOCKET}`,
        // The state is worth nothing after a power failure, and syncing it costs seconds.
        "--unsafe-no-fsync",
        "--log-level=warn",
    ];
}

function apiserverArguments(layout: Layout, port: number): string[] {
    return [
        `--etcd-servers=${ETCD_CLIENT_SOCKET}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--secure-port=${port}`,
        `--cert-dir=${layout.pki}`,
        `--token-auth-file=${layout.tokens}`,
        "--anonymous-auth=false",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        `--service-cluster-ip-range=${SERVICE_RANGE}`,
        `--service-account-issuer=${SERVICE_ACCOUNT_ISSUER}`,
        `--service-account-key-file=${layout.serviceAccountPublicKey}`,
        `--service-account-signing-key-file=${layout.serviceAccountKey}`,
        // Endpoints may not be loopback addresses, so the server's own cannot be published.
        "--endpoint-reconciler-type=none",
        // By default it asks the machine's own name server for a node's name first.
        "--kubelet-preferred-address-types=InternalIP",
        "--profiling=false",
    ];
}

/** Port 0 means that the component serves no metrics or health of its own. */
function clientArguments(layout: Layout, name: string): string[] {
    return [
        `--kubeconfig=${componentKubeconfig(layout, name)}`,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=200",
        "--kube-api-burst=400",
    ];
}

function controllerManagerArguments(layout: Layout): string[] {
    return [
        ...clientArguments(layout, "kube-controller-manager"),
        "--use-service-account-credentials=true",
        `--service-account-private-key-file=${layout.serviceAccountKey}`,
        `--root-ca-file=${layout.servingCertificate}`,
    ];
}

function kwokArguments(layout: Layout): string[] {
    return [
        `--kubeconfig=${componentKubeconfig(layout, "kwok")}`,
        `--config=${SIMULATION}`,
        // Real nodes, and the pods on them, are their own kubelet's.
        `--manage-nodes-with-annotation-selector=${SIMULATED_NODE.key}=${SIMULATED_NODE.value}`,
        "--node-lease-duration-seconds=0",
        `--cidr=${POD_RANGE}`,
        "--node-ip=10.0.0.1",
    ];
}
