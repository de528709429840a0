import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface VpcEndpointsArgs {
    readonly vpcId: pulumi.Output<string>;
    /** The VPC's IPv4 range: who may use the interface endpoints. */
    readonly cidr: string;
    readonly region: pulumi.Output<string>;
    readonly subnetIds: pulumi.Output<string[]>;
    /** Route tables that reach S3 by the gateway endpoint. */
    readonly routeTableIds: pulumi.Output<string[]>;
    /** Services by their short name: `ecr.api`, `sts`, `logs`, … */
    readonly interfaceEndpoints: readonly string[];
}

/**
 * Ways from private subnets to AWS services that do not pass the NAT gateways: S3 by a gateway endpoint, free of charge
 * for the terabytes that jobs move, and the named services by interface endpoints. Service names begin with
 * `com.amazonaws` in the commercial partition and in GovCloud
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html).
 */
export class VpcEndpoints extends pulumi.ComponentResource {
    constructor(name: string, args: VpcEndpointsArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:VpcEndpoints", name, {}, opts);
        new aws.ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: args.vpcId,
                serviceName: pulumi.interpolate`com.amazonaws.${args.region}.s3`,
                vpcEndpointType: "Gateway",
                routeTableIds: args.routeTableIds,
                tags: { Name: `${name}-s3` },
            },
            { parent: this },
        );
        if (args.interfaceEndpoints.length > 0) {
            this.createInterfaceEndpoints(name, args);
        }
        this.registerOutputs({});
    }

    private createInterfaceEndpoints(name: string, args: VpcEndpointsArgs): void {
        const securityGroup = new aws.ec2.SecurityGroup(
            name,
            {
                description: "HTTPS from the VPC to interface endpoints",
                vpcId: args.vpcId,
                tags: { Name: name },
            },
            { parent: this },
        );
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-https`,
            {
                securityGroupId: securityGroup.id,
                cidrIpv4: args.cidr,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
            },
            { parent: this },
        );
        for (const service of args.interfaceEndpoints) {
            new aws.ec2.VpcEndpoint(
                `${name}-${service}`,
                {
                    vpcId: args.vpcId,
                    serviceName: pulumi.interpolate`com.amazonaws.${args.region}.${service}`,
                    vpcEndpointType: "Interface",
                    subnetIds: args.subnetIds,
                    securityGroupIds: [securityGroup.id],
                    privateDnsEnabled: true,
                    tags: { Name: `${name}-${service}` },
                },
                { parent: this },
            );
        }
    }
}
