import { AwsPlatformSettings } from "./settings";

/** What says who reaches the API of a cluster. */
export type EndpointSettings = Pick<AwsPlatformSettings, "cluster" | "network">;

/**
 * Whether a cluster has to be there before the program runs: its API is only inside of a VPC that the program makes, so
 * that nobody could reach it to go on.
 */
export function mustRunAlready({ cluster, network }: EndpointSettings): boolean {
    return !cluster.endpointPublicAccess && network.kind === "new";
}
