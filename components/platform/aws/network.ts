import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { NetworkSettings } from "../../settings/settings";
import { Refusals } from "./account-checks";
import { FlowLog } from "./flow-log";
import { VpcEndpoints } from "./vpc-endpoints";
import { subnetsWithoutEks, zonesWithoutEks } from "./zones";

export interface NetworkArgs {
    readonly network: NetworkSettings;
    /** Name that the EKS cluster will have; subnets are tagged with it so that load balancers find them. */
    readonly clusterName: string;
    readonly region: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
    readonly logRetentionDays: number;
}

type NewNetworkArgs = NetworkArgs & {
    readonly network: Extract<NetworkSettings, { kind: "new" }>;
};

/**
 * A VPC of its own (public and private subnets in every zone, NAT, endpoints, flow log) or an existing one by id, and
 * in either the security group that marks pods.
 *
 * The subnets of an existing VPC need the tag `kubernetes.io/cluster/<name>=shared` where their owner wants load
 * balancers to discover them; this component does not change what it does not own.
 */
export class Network extends pulumi.ComponentResource {
    public readonly vpcId: pulumi.Output<string>;
    public readonly privateSubnetIds: pulumi.Output<string[]>;
    public readonly publicSubnetIds: pulumi.Output<string[]>;
    /** Carried by every node, and so by every pod. It has no rules: it is who stores admit. */
    public readonly podSecurityGroupId: pulumi.Output<string>;
    /** What EKS would refuse of the VPC's zones and subnets. */
    public readonly refusedByEks: pulumi.Output<Refusals>;
    /** What gives private subnets a way out; nodes need it from their boot to the release of their last volume. */
    public readonly egress: pulumi.Input<pulumi.Resource[]>;

    /** @param name start of the names of all resources */
    constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:Network", name, {}, opts);
        const { network } = args;
        if (network.kind === "new") {
            const vpc = this.createVpc(name, { ...args, network });
            this.refusedByEks = zonesWithoutEks(network, { parent: this });
            this.vpcId = vpc.vpcId;
            this.privateSubnetIds = vpc.privateSubnetIds;
            this.publicSubnetIds = vpc.publicSubnetIds;
            this.egress = vpc.routes;
        } else {
            this.refusedByEks = subnetsWithoutEks(network, { parent: this });
            this.vpcId = pulumi.output(network.vpcId);
            this.privateSubnetIds = pulumi.output([...network.privateSubnetIds]);
            this.publicSubnetIds = pulumi.output([...network.publicSubnetIds]);
            this.egress = [];
        }
        const pods = new aws.ec2.SecurityGroup(
            `${name}-pods`,
            {
                description: "Nodes and pods of the HySDS cluster",
                vpcId: this.vpcId,
                tags: { Name: `${name}-pods` },
            },
            { parent: this },
        );
        this.podSecurityGroupId = pods.id;
        this.registerOutputs({ vpcId: this.vpcId, podSecurityGroupId: pods.id });
    }

    private createVpc(name: string, args: NewNetworkArgs): awsx.ec2.Vpc {
        const { network } = args;
        const vpc = new awsx.ec2.Vpc(vpcName(name), vpcArgs(args), { parent: this });
        new aws.ec2.DefaultSecurityGroup(
            `${name}-default`,
            { vpcId: vpc.vpcId, tags: { Name: `${name}-default-unused` } },
            { parent: this },
        );
        new VpcEndpoints(
            `${name}-endpoints`,
            {
                vpcId: vpc.vpcId,
                cidr: network.cidr,
                region: args.region,
                subnetIds: vpc.privateSubnetIds,
                routeTableIds: vpc.routeTables.apply((tables) =>
                    pulumi.all(tables.map((table) => table.id)),
                ),
                interfaceEndpoints: network.interfaceEndpoints,
            },
            { parent: this },
        );
        new FlowLog(
            `${name}-flow-log`,
            {
                vpcId: vpc.vpcId,
                accountId: args.accountId,
                logRetentionDays: args.logRetentionDays,
            },
            { parent: this },
        );
        return vpc;
    }
}

/** Name of the VPC of a cluster of this name. */
export function vpcName(clusterName: string): string {
    return `${clusterName}-vpc`;
}

/**
 * A quarter of the VPC for each zone, whether it has two or three, so that adding the third moves no subnet: half of it
 * private, an eighth public.
 */
function vpcArgs({ network, clusterName }: NewNetworkArgs): awsx.ec2.VpcArgs {
    const prefix = Number(network.cidr.split("/")[1]);
    const shared = { [`kubernetes.io/cluster/${clusterName}`]: "shared" };
    return {
        cidrBlock: network.cidr,
        enableDnsHostnames: true,
        ...(network.zoneNames.length > 0
            ? { availabilityZoneNames: [...network.zoneNames] }
            : { numberOfAvailabilityZones: network.availabilityZones }),
        availabilityZoneCidrMask: prefix + 2,
        natGateways: { strategy: network.natGateways === "single" ? "Single" : "OnePerAz" },
        subnetStrategy: "Auto",
        subnetSpecs: [
            {
                type: "Private",
                cidrMask: prefix + 3,
                tags: { ...shared, "kubernetes.io/role/internal-elb": "1" },
            },
            {
                type: "Public",
                cidrMask: prefix + 5,
                tags: { ...shared, "kubernetes.io/role/elb": "1" },
            },
        ],
    };
}
