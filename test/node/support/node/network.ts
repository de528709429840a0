import * as os from "node:os";

/** The addresses of one node. Its pods, the node itself and this machine are neighbours on one bridge. */
export interface Network {
    /** Of the bridge: pods' gateway, the kubelet's and the DNS server's address. */
    readonly bridgeAddress: string;
    /** Of this machine on that bridge: where pods reach what is relayed to them. */
    readonly hostAddress: string;
    readonly podRange: string;
    readonly firstPod: string;
    readonly lastPod: string;
    /** Name of this machine's end of the cable to the bridge. */
    readonly interface: string;
}

/** A block of RFC 1918 that neither home routers nor Docker, kind or minikube hand out. */
const PREFIX = "10.223";
const NETWORKS = 256;

/**
 * A network that no interface of this machine is in yet.
 *
 * @throws Error when all 256 are taken
 */
export function pickNetwork(interfaces = os.networkInterfaces()): Network {
    const taken = Object.values(interfaces).flatMap(
        (addresses) => addresses?.map(({ address }) => address) ?? [],
    );
    for (let number = 0; number < NETWORKS; number++) {
        const network = `${PREFIX}.${number}`;
        if (!taken.some((address) => address.startsWith(`${network}.`))) {
            return {
                bridgeAddress: `${network}.1`,
                hostAddress: `${network}.254`,
                podRange: `${network}.0/24`,
                firstPod: `${network}.2`,
                lastPod: `${network}.250`,
                interface: `hysds-node${number}`,
            };
        }
    }
    throw new Error(
        `every network of ${PREFIX}.0.0/16 is taken: stop the nodes that are no longer needed`,
    );
}
