import { ControlPlaneError } from "../errors";

const LOOPBACK = "127.0.0.1";

/**
 * Picks the API server's port on 127.0.0.1: `wanted`, else the one of an earlier start when it is
 * still free (its kubeconfig then stays valid), else any free one.
 *
 * @throws ControlPlaneError when the port that is wanted is taken.
 */
export async function pickPort(earlier?: number, wanted?: number): Promise<number> {
    const { default: getPort, clearLockedPorts } = await import("get-port");
    if (earlier !== undefined) {
        // It withholds a port that it gave out in the last half minute, but this one is to be had again.
        clearLockedPorts();
    }
    const port = await getPort({ host: LOOPBACK, port: wanted ?? earlier });
    if (wanted !== undefined && port !== wanted) {
        throw new ControlPlaneError(
            `port ${wanted} is taken on ${LOOPBACK}: end what listens there, or choose another port`,
        );
    }
    return port;
}
