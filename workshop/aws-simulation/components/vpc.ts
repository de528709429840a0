import { ProviderError } from "../wire/errors";
import { isObject, Properties, Value } from "../wire/values";
import { Child, Component } from "./component";
import { Input, Linked, spread, valueOf } from "./linked";
import { planSubnets, SubnetPlan } from "./subnets";

/** Everything of one subnet. */
interface SubnetResources {
    readonly plan: SubnetPlan;
    readonly subnet: Child;
    readonly routeTable: Child;
    readonly association: Child;
    readonly route?: Child;
}

interface NatResources {
    readonly zone: string;
    readonly gateway: Child;
    readonly eip?: Child;
}

/** The whole network under construction. */
interface Network {
    readonly component: Component;
    readonly vpc: Child;
    readonly internetGateway: Child;
    /** The program's tags. */
    readonly given: Input;
    /** With the component's name. */
    readonly tags: Input;
}

type NatStrategy = "None" | "Single" | "OnePerAz";

/**
 * `awsx:ec2:Vpc`: a VPC with an internet gateway, public, private and isolated subnets in every zone, each with a route
 * table, NAT gateways as asked, and endpoints. Names and parents of the children are those of @pulumi/awsx 3.
 */
export async function constructVpc(component: Component): Promise<Record<string, Input>> {
    const zones = await zonesOf(component);
    const cidrBlock = (component.plainInput("cidrBlock") as string | undefined) ?? "10.0.0.0/16";
    const network = await createVpc(component, cidrBlock);
    const plans = planSubnets({
        vpcName: component.name,
        cidrBlock,
        zones,
        specs: component.plainInput("subnetSpecs"),
        zoneMask: component.plainInput("availabilityZoneCidrMask") as number | undefined,
    }).filter(({ type }) => type !== "Unused");
    const created = await Promise.all(plans.map((plan) => createSubnet(network, plan)));
    const nats = await createNatGateways(network, zones, created);
    const subnets = await Promise.all(created.map((one) => createRoute(network, one, nats)));
    const endpoints = await createEndpoints(network);
    return outputsOf(network, subnets, nats, endpoints, component.plainInput("subnetSpecs"));
}

async function zonesOf(component: Component): Promise<string[]> {
    const named = component.plainInput("availabilityZoneNames");
    const count = component.plainInput("numberOfAvailabilityZones");
    if (Array.isArray(named) && count !== undefined) {
        throw new ProviderError(
            "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
        );
    }
    if (Array.isArray(named)) {
        return named.map(String);
    }
    const { names } = await component.invoke(
        "aws:index/getAvailabilityZones:getAvailabilityZones",
        {},
    );
    const wanted = Number(count ?? 3);
    const available = (names as string[]).slice(0, wanted);
    if (available.length < wanted) {
        throw new ProviderError(
            `The configured region for this provider does not have at least ${wanted} Availability Zones.`,
        );
    }
    return available;
}

async function createVpc(component: Component, cidrBlock: string): Promise<Network> {
    const given = component.argument("tags");
    const tags = spread({ Name: component.name }, given);
    const vpc = await component.child("aws:ec2/vpc:Vpc", component.name, {
        cidrBlock,
        enableDnsHostnames: component.input("enableDnsHostnames") ?? true,
        enableDnsSupport: component.input("enableDnsSupport") ?? true,
        instanceTenancy: component.input("instanceTenancy"),
        tags,
    });
    const internetGateway = await component.child(
        "aws:ec2/internetGateway:InternetGateway",
        component.name,
        { vpcId: vpc.id, tags },
        { parent: vpc.urn, dependsOn: [vpc] },
    );
    return { component, vpc, internetGateway, given, tags };
}

async function createSubnet(
    { component, vpc, tags }: Network,
    plan: SubnetPlan,
): Promise<SubnetResources> {
    const name = plan.resourceName;
    const own = { Name: name, SubnetType: plan.type };
    const subnet = await component.child(
        "aws:ec2/subnet:Subnet",
        name,
        {
            vpcId: vpc.id,
            availabilityZone: plan.zone,
            mapPublicIpOnLaunch: plan.type === "Public",
            cidrBlock: plan.cidrBlock,
            tags: spread(tags, plan.tags, own),
        },
        { parent: vpc.urn, dependsOn: [vpc] },
    );
    const routeTable = await component.child(
        "aws:ec2/routeTable:RouteTable",
        name,
        { vpcId: vpc.id, tags: spread(tags, own) },
        { parent: subnet.urn, dependsOn: [subnet] },
    );
    const association = await component.child(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        name,
        { routeTableId: routeTable.id, subnetId: subnet.id },
        { parent: routeTable.urn, dependsOn: [routeTable] },
    );
    return { plan, subnet, routeTable, association };
}

function natStrategy(component: Component): { strategy: NatStrategy; allocationIds: Value[] } {
    const nat = component.plainInput("natGateways");
    const { strategy, elasticIpAllocationIds } = isObject(nat) ? nat : ({} as Properties);
    return {
        strategy: (strategy as NatStrategy | undefined) ?? "OnePerAz",
        allocationIds: Array.isArray(elasticIpAllocationIds) ? elasticIpAllocationIds : [],
    };
}

/** One NAT gateway, or one in the public subnet of each zone; with addresses of its own unless they are given. */
async function createNatGateways(
    network: Network,
    zones: readonly string[],
    subnets: readonly SubnetResources[],
): Promise<NatResources[]> {
    const { strategy, allocationIds } = natStrategy(network.component);
    const count = { None: 0, Single: 1, OnePerAz: zones.length }[strategy];
    return Promise.all(
        zones.slice(0, count).map(async (zone, index) => {
            const home = subnets.find(({ plan }) => plan.type === "Public" && plan.zone === zone);
            if (!home) {
                throw new ProviderError(`a NAT gateway needs a public subnet in ${zone}`);
            }
            return createNatGateway(network, home.subnet, index, allocationIds[index]);
        }),
    ).then((created) => created.map((nat, index) => ({ ...nat, zone: zones[index] ?? "" })));
}

async function createNatGateway(
    { component, given }: Network,
    subnet: Child,
    index: number,
    allocationId: Value | undefined,
): Promise<Omit<NatResources, "zone">> {
    const name = `${component.name}-${index + 1}`;
    const options = { parent: subnet.urn, dependsOn: [subnet] };
    const named = { tags: spread(given, { Name: name }) };
    const eip =
        allocationId === undefined
            ? await component.child("aws:ec2/eip:Eip", name, named, options)
            : undefined;
    const gateway = await component.child(
        "aws:ec2/natGateway:NatGateway",
        name,
        {
            subnetId: subnet.id,
            allocationId: allocationId ?? eip?.output("allocationId"),
            ...named,
        },
        options,
    );
    return { gateway, eip };
}

/** The way out: through the internet gateway, through NAT, or none for isolated subnets. */
async function createRoute(
    { component, internetGateway }: Network,
    resources: SubnetResources,
    nats: readonly NatResources[],
): Promise<SubnetResources> {
    const { plan, routeTable } = resources;
    const nat = nats.find(({ zone }) => zone === plan.zone) ?? nats[0];
    const target =
        plan.type === "Public"
            ? { gatewayId: internetGateway.id }
            : plan.type === "Private" && nat
              ? { natGatewayId: nat.gateway.id }
              : undefined;
    if (!target) {
        return resources;
    }
    const route = await component.child(
        "aws:ec2/route:Route",
        plan.resourceName,
        { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", ...target },
        { parent: routeTable.urn, dependsOn: [routeTable] },
    );
    return { ...resources, route };
}

async function createEndpoints({ component, vpc, tags }: Network): Promise<Child[]> {
    const specs = component.input("vpcEndpointSpecs");
    const list = specs && Array.isArray(specs.value) ? specs.value.filter(isObject) : [];
    return Promise.all(
        list.map((spec) =>
            component.child(
                "aws:ec2/vpcEndpoint:VpcEndpoint",
                spec.serviceName as string,
                {
                    ...Object.fromEntries(
                        Object.entries(spec).map(([key, value]) => [
                            key,
                            new Linked(value, specs?.urns ?? []),
                        ]),
                    ),
                    vpcId: vpc.id,
                    tags: spread(tags, spec.tags),
                },
                { parent: vpc.urn, dependsOn: [vpc] },
            ),
        ),
    );
}

function outputsOf(
    { vpc, internetGateway }: Network,
    subnets: readonly SubnetResources[],
    nats: readonly NatResources[],
    endpoints: readonly Child[],
    layout: Value | undefined,
): Record<string, Input> {
    const references = (children: readonly (Child | undefined)[]): Input =>
        children.flatMap((child) => child?.reference ?? []);
    const of = (type: SubnetPlan["type"]): Child[] =>
        subnets.filter(({ plan }) => plan.type === type).map(({ subnet }) => subnet);
    const ids = (type: SubnetPlan["type"]): Input => of(type).map(({ id }) => id);
    return {
        vpc: vpc.reference,
        vpcId: vpc.id,
        internetGateway: internetGateway.reference,
        subnets: references(subnets.map(({ subnet }) => subnet)),
        publicSubnets: references(of("Public")),
        privateSubnets: references(of("Private")),
        isolatedSubnets: references(of("Isolated")),
        publicSubnetIds: ids("Public"),
        privateSubnetIds: ids("Private"),
        isolatedSubnetIds: ids("Isolated"),
        routeTables: references(subnets.map(({ routeTable }) => routeTable)),
        routeTableAssociations: references(subnets.map(({ association }) => association)),
        routes: references(subnets.map(({ route }) => route)),
        natGateways: references(nats.map(({ gateway }) => gateway)),
        eips: references(nats.map(({ eip }) => eip)),
        vpcEndpoints: references(endpoints),
        subnetLayout: valueOf(layout) ?? [{ type: "Private" }, { type: "Public" }],
    };
}
