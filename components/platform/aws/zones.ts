import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NetworkSettings } from "../../settings/settings";
import { Refusals, refusalsOf } from "./account-checks";

/** Zones in which EKS makes no control plane. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const WITHOUT_EKS: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];

type NewNetwork = Extract<NetworkSettings, { kind: "new" }>;
type ExistingNetwork = Extract<NetworkSettings, { kind: "existing" }>;

/** Where a given subnet is. */
export interface GivenSubnet {
    readonly id: string;
    readonly zone: string;
    readonly zoneId: string;
}

/**
 * Looks up which zones the VPC will have, of which EKS may refuse one after everything else is made. A zone's name is
 * another zone in each account: only its id tells.
 *
 * @returns the zone that EKS refuses, or the account does not have
 */
export function zonesWithoutEks(
    network: Pick<NewNetwork, "availabilityZones" | "zoneNames">,
    opts: pulumi.InvokeOptions,
): pulumi.Output<Refusals> {
    return aws
        .getAvailabilityZonesOutput({}, opts)
        .apply(({ names, zoneIds }) =>
            refusalsOf(() =>
                acceptedZones(
                    network,
                    new Map(names.map((name, index) => [name, zoneIds[index] ?? ""])),
                ),
            ),
        );
}

/**
 * The zones of the VPC: those that the settings name, or the first of the account, as `awsx.ec2.Vpc` takes them.
 *
 * @param idsByName of all zones of the account, in its order
 * @throws pulumi.RunError with the commands that name zones which EKS accepts
 */
export function acceptedZones(
    { availabilityZones, zoneNames }: Pick<NewNetwork, "availabilityZones" | "zoneNames">,
    idsByName: ReadonlyMap<string, string>,
): readonly string[] {
    const wanted =
        zoneNames.length > 0 ? zoneNames : [...idsByName.keys()].slice(0, availabilityZones);
    const accepted = [...idsByName]
        .filter(([, id]) => !WITHOUT_EKS.includes(id))
        .map(([name]) => name);
    const refused = wanted.find((name) => !accepted.includes(name));
    if (refused === undefined) {
        return wanted;
    }
    const id = idsByName.get(refused);
    const reason = id === undefined ? "is no zone of this account" : `is ${id}, which EKS refuses`;
    const commands = accepted
        .slice(0, availabilityZones)
        .map((name, index) => `pulumi config set --path 'hysds:zoneNames[${index}]' ${name}`);
    throw new pulumi.RunError(
        `${refused} ${reason}. Choose others, before the stack is made first: ${commands.join(" && ")}`,
    );
}

/**
 * Looks up the subnets of an existing VPC, all of which the cluster is given.
 *
 * @returns what EKS would refuse of them; fails where one does not exist
 */
export function subnetsWithoutEks(
    network: Pick<ExistingNetwork, "vpcId" | "privateSubnetIds" | "publicSubnetIds">,
    opts: pulumi.InvokeOptions,
): pulumi.Output<Refusals> {
    const subnets = [...network.privateSubnetIds, ...network.publicSubnetIds].map((id) =>
        aws.ec2.getSubnetOutput({ id }, opts).apply((found) => ({
            id,
            zone: found.availabilityZone,
            zoneId: found.availabilityZoneId,
        })),
    );
    return pulumi.all(subnets).apply((found) => refusalsOf(() => acceptedSubnets(network, found)));
}

/**
 * The given subnets, where EKS takes them: in zones with EKS, the private ones in two of them at least.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 *
 * @throws pulumi.RunError with everything that is wrong with them
 */
export function acceptedSubnets(
    { vpcId, privateSubnetIds }: Pick<ExistingNetwork, "vpcId" | "privateSubnetIds">,
    subnets: readonly GivenSubnet[],
): readonly GivenSubnet[] {
    const zones = new Set(
        subnets.filter(({ id }) => privateSubnetIds.includes(id)).map(({ zone }) => zone),
    );
    const problems = [
        ...subnets
            .filter(({ zoneId }) => WITHOUT_EKS.includes(zoneId))
            .map(({ id, zone, zoneId }) => `${id} is in ${zone}, which is ${zoneId}, without EKS`),
        ...(zones.size < 2
            ? [`all of hysds:privateSubnetIds are in ${[...zones].join()}: EKS needs two zones`]
            : []),
    ];
    if (problems.length > 0) {
        throw new pulumi.RunError(
            `${problems.join("; ")}. Name other subnets in hysds:privateSubnetIds and hysds:publicSubnetIds; ` +
                `those of the VPC: aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpcId} ` +
                "--query 'Subnets[].[SubnetId,AvailabilityZone,AvailabilityZoneId]'",
        );
    }
    return subnets;
}
