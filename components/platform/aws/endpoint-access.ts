import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { AwsPlatformSettings } from "../../settings/settings";
import { EndpointSettings, mustRunAlready } from "../../settings/endpoint";
import { Refusals } from "./account-checks";
import { firstUpRecord } from "./first-up";
import { LiveCluster } from "./live-cluster";

/** Tag of a cluster whose public endpoint is there for the first `pulumi up` only: policies go by it. */
const OPEN_FOR_FIRST_UP = { EndpointAccess: "open-for-first-up" };

/** Inputs of the EKS component that say who reaches the cluster's API. */
export type EndpointArgs = Pick<
    eks.ClusterArgs,
    "endpointPrivateAccess" | "endpointPublicAccess" | "publicAccessCidrs" | "clusterTags"
>;

/**
 * Who reaches the cluster's API: pods and the VPC always, the configured networks where there is a public endpoint.
 * One that closes after the first `pulumi up` is open until the record is there that everything was made.
 *
 * @param live the cluster as it is at the moment
 */
export function endpointArgs(
    clusterName: string,
    cluster: AwsPlatformSettings["cluster"],
    live: pulumi.Output<LiveCluster | undefined>,
    opts: pulumi.InvokeOptions,
): EndpointArgs {
    const publicAccessCidrs = [...cluster.publicAccessCidrs];
    if (!cluster.endpointPublicAccess || !cluster.endpointClosesAfterFirstUp) {
        const endpointPublicAccess = cluster.endpointPublicAccess;
        return {
            endpointPrivateAccess: true,
            endpointPublicAccess,
            ...(endpointPublicAccess ? { publicAccessCidrs } : {}),
        };
    }
    const { path, name } = firstUpRecord(clusterName);
    const recorded = aws.ssm.getParametersByPathOutput({ path }, opts).names;
    const isOpen = pulumi
        .all([live, recorded])
        .apply(([now, names]) => opensEndpoint(now, names.includes(name)));
    return {
        endpointPrivateAccess: true,
        endpointPublicAccess: isOpen,
        // EKS refuses networks beside a closed endpoint, and the component does before it.
        publicAccessCidrs: isOpen.apply((open) => (open ? publicAccessCidrs : undefined!)),
        clusterTags: isOpen.apply((open): Record<string, string> =>
            open ? OPEN_FOR_FIRST_UP : {},
        ),
    };
}

/**
 * Whether a public endpoint that closes after the first `pulumi up` is open now. One that was closed stays so: a cluster
 * that is private is never opened behind its owner's back.
 *
 * @param live the cluster, undefined while there is none
 * @param isRecorded whether an update has made everything in the cluster
 */
export function opensEndpoint(live: LiveCluster | undefined, isRecorded: boolean): boolean {
    return live === undefined || (live.endpointPublicAccess && !isRecorded);
}

/**
 * The choices, where nobody could reach the cluster's API: neither a machine outside of a VPC that the same `pulumi up`
 * makes, nor one inside, as there is none yet.
 */
export function outOfEveryonesReach(
    clusterName: string,
    platform: EndpointSettings,
    live: LiveCluster | undefined,
): Refusals {
    return mustRunAlready(platform) && live === undefined ? [unreachable(clusterName)] : [];
}

function unreachable(clusterName: string): string {
    return [
        `The API of cluster ${clusterName} would be inside a VPC that this update makes: nobody could reach it to go on.`,
        "Open it to your own network for the first update, after which it is closed:",
        "    pulumi config set hysds:endpointPublicAccess true",
        "    pulumi config set hysds:endpointClosesAfterFirstUp true",
        "    pulumi config set --path 'hysds:publicAccessCidrs[0]' <your address>/32",
        "or leave out the second line to keep it open to that network, or run pulumi inside a VPC that is there:",
        "    pulumi config set hysds:vpcId <vpc>, with hysds:privateSubnetIds",
    ].join("\n");
}
