import * as aws from "@pulumi/aws";
import type { StackResource } from "../rule";

/** Inputs of the component `awsx:ec2:Vpc` that rules read. */
interface VpcComponent {
    readonly numberOfAvailabilityZones?: number;
    readonly natGateways?: { readonly strategy?: string };
}

const COMPONENT = "awsx:ec2:Vpc";
/** What the component makes when nothing is said. https://www.pulumi.com/docs/iac/guides/clouds/aws/vpc/ */
const DEFAULT_ZONES = 3;

/** VPCs of the stack; a preview that does not see what the component makes counts the components. */
export function vpcs(resources: readonly StackResource[]): readonly StackResource[] {
    const made = resources.filter((resource) => resource.isType(aws.ec2.Vpc));
    return made.length > 0 ? made : components(resources);
}

/** Count of the stack's NAT gateways, made or announced by the component's strategy. */
export function natGateways(resources: readonly StackResource[]): number {
    const made = resources.filter((resource) => resource.isType(aws.ec2.NatGateway)).length;
    return made > 0 ? made : total(components(resources).map(announcedGateways));
}

function components(resources: readonly StackResource[]): readonly StackResource[] {
    return resources.filter(({ type }) => type === COMPONENT);
}

function announcedGateways({ props }: StackResource): number {
    const { natGateways: gateways, numberOfAvailabilityZones } = props as VpcComponent;
    const perZone = numberOfAvailabilityZones ?? DEFAULT_ZONES;
    return { None: 0, Single: 1 }[gateways?.strategy ?? "OnePerAz"] ?? perZone;
}

function total(counts: readonly number[]): number {
    return counts.reduce((sum, count) => sum + count, 0);
}
