import { join } from "node:path";

import type { ControlPlaneBinaries } from "../toolchain";
import type { Tokens } from "./credentials";
import { componentKubeconfig, type Layout } from "./layout";
import type { Plan, PlannedProcess } from "./state";

/** Loopback ports of one control plane; the other components serve nothing. */
export interface Ports {
    readonly apiserver: number;
    readonly etcdClient: number;
    readonly etcdPeer: number;
}

const SERVICE_ACCOUNT_ISSUER = "https://kubernetes.default.svc.cluster.local";
const SERVICE_RANGE = "10.96.0.0/16";
const POD_RANGE = "10.244.0.0/16";
const SIMULATION = join(__dirname, "simulation.yaml");

/** The processes of a control plane and their command lines. Nothing listens beyond 127.0.0.1. */
export function planOf(
    layout: Layout,
    binaries: ControlPlaneBinaries,
    ports: Ports,
    tokens: Tokens,
    endWithParent: boolean,
): Plan {
    const describe = (
        name: string,
        command: string,
        args: readonly string[],
        afterReady: boolean,
    ): PlannedProcess => ({
        name,
        command,
        args,
        afterReady,
        log: join(layout.logs, `${name}.log`),
    });
    const manager = controllerManagerArguments(layout);
    const scheduler = clientArguments(layout, "kube-scheduler");
    return {
        endWithParent,
        processes: [
            describe("etcd", binaries.etcd, etcdArguments(layout, ports), false),
            describe(
                "kube-apiserver",
                binaries.kubeApiserver,
                apiserverArguments(layout, ports),
                false,
            ),
            describe("kube-controller-manager", binaries.kubeControllerManager, manager, true),
            describe("kube-scheduler", binaries.kubeScheduler, scheduler, true),
            describe("kwok", binaries.kwok, kwokArguments(layout), true),
        ],
        readiness: {
            port: ports.apiserver,
            certificate: layout.servingCertificate,
            token: tokens.admin,
        },
    };
}

function etcdArguments(layout: Layout, ports: Ports): string[] {
    const client = `http://127.0.0.1:${ports.etcdClient}`;
    const peer = `http://127.0.0.1:${ports.etcdPeer}`;
    return [
        `--data-dir=${layout.etcdData}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        // The state is worth nothing after a power failure, and syncing it costs seconds.
        "--unsafe-no-fsync",
        "--log-level=warn",
    ];
}

function apiserverArguments(layout: Layout, ports: Ports): string[] {
    return [
        `--etcd-servers=http://127.0.0.1:${ports.etcdClient}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--secure-port=${ports.apiserver}`,
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
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        `--cidr=${POD_RANGE}`,
        "--node-ip=10.0.0.1",
    ];
}
