import { ControlPlaneError } from "../errors";
import type { Ports } from "./plan";

const LOOPBACK = "127.0.0.1";

/**
 * Picks three free loopback ports. Those of an earlier start are taken again when they are free, so
 * that its kubeconfig stays valid.
 *
 * @param apiserver Port the API server must have; any free one when absent.
 * @throws ControlPlaneError when that port is taken.
 */
export async function pickPorts(earlier?: Ports, apiserver?: number): Promise<Ports> {
    const { default: getPort } = await import("get-port");
    const pick = (preferred?: number): Promise<number> =>
        getPort({ host: LOOPBACK, port: preferred });
    const first = await pick(apiserver ?? earlier?.apiserver);
    if (apiserver !== undefined && first !== apiserver) {
        throw new ControlPlaneError(
            `port ${apiserver} is taken on ${LOOPBACK}: end what listens there, or choose another port`,
        );
    }
    return {
        apiserver: first,
        etcdClient: await pick(earlier?.etcdClient),
        etcdPeer: await pick(earlier?.etcdPeer),
    };
}
