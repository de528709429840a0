import { parse as address, parseCIDR } from "ipaddr.js";
import { parse, stringify } from "yaml";
import { texts } from "../resources/row";
import { Properties } from "../wire/values";

/**
 * Whether a caller reaches the API of a cluster: from inside of the VPC always, as the endpoint is private too, and from
 * outside by the public endpoint, from the networks that it admits.
 * https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 *
 * @param caller an IPv4 address; undefined inside of the VPC
 */
export function isReached(vpcConfig: Properties, caller: string | undefined): boolean {
    return (
        caller === undefined ||
        (vpcConfig.endpointPublicAccess === true &&
            texts(vpcConfig, "publicAccessCidrs").some((range) =>
                address(caller).match(parseCIDR(range)),
            ))
    );
}

interface Kubeconfig {
    readonly clusters: readonly { readonly name: string; readonly cluster: object }[];
}

/** The kubeconfig with a server that answers nobody: port 9 (discard) is closed on any machine of today. */
export function outOfReach(kubeconfig: string | undefined): string | undefined {
    if (kubeconfig === undefined) {
        return undefined;
    }
    const parsed = parse(kubeconfig) as Kubeconfig;
    const clusters = parsed.clusters.map(({ name, cluster }) => ({
        name,
        cluster: { ...cluster, server: "https://127.0.0.1:9" },
    }));
    return stringify({ ...parsed, clusters });
}
