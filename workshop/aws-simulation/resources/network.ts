import { hex } from "../account";
import { block, list, ResourceRow, RowContext, Rows, text, texts } from "./row";

/** An EC2 resource: `prefix-` and seventeen digits, as EC2's long ids, with an ARN of the same id. */
function ec2(
    prefix: string,
    kind: string,
    row: ResourceRow & { readonly arn?: boolean } = {},
): ResourceRow {
    const { arn = true, outputs, ...rest } = row;
    return {
        autoName: false,
        id: ({ seed }) => `${prefix}-0${hex(seed, 16)}`,
        ...rest,
        outputs: (context) => ({
            ...(arn ? { arn: context.account.arn("ec2", `${kind}/${context.id}`) } : {}),
            ...outputs?.(context),
        }),
    };
}

/** An address inside a private range, by the seed. */
function address({ seed }: RowContext, first: string): string {
    const octet = (at: number): number => parseInt(hex(`${seed}/address`, 8).slice(at, at + 2), 16);
    return `${first}.${octet(0)}.${octet(2)}.${octet(4)}`;
}

function securityGroupRule(direction: "ingress" | "egress"): ResourceRow {
    return {
        autoName: false,
        id: ({ seed }) => `sgr-0${hex(seed, 16)}`,
        outputs: ({ account, id, inputs }) => ({
            arn: account.arn("ec2", `security-group-rule/${id}`),
            securityGroupRuleId: id,
            ipProtocol: text(inputs, "ipProtocol"),
        }),
        unique: {
            by: [
                "securityGroupId",
                "ipProtocol",
                "fromPort",
                "toPort",
                "cidrIpv4",
                "cidrIpv6",
                "prefixListId",
                "referencedSecurityGroupId",
            ],
            refusal: (inputs) => duplicateRule(direction, inputs),
        },
        replaceOn: ["securityGroupId"],
    };
}

function duplicateRule(direction: string, inputs: Parameters<typeof text>[0]): string {
    const peer = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]
        .map((property) => text(inputs, property))
        .find((value) => value !== "");
    const operation = `AuthorizeSecurityGroup${direction === "ingress" ? "Ingress" : "Egress"}`;
    return (
        `operation error EC2: ${operation}, api error InvalidPermission.Duplicate: the specified rule ` +
        `"peer: ${peer ?? "?"}, ${text(inputs, "ipProtocol").toUpperCase()}, from port: ` +
        `${text(inputs, "fromPort")}, to port: ${text(inputs, "toPort")}, ALLOW" already exists`
    );
}

const securityGroup = ec2("sg", "security-group", {
    autoName: { property: "name" },
    unique: {
        by: ["vpcId", "name"],
        refusal: (inputs) =>
            `operation error EC2: CreateSecurityGroup, api error InvalidGroup.Duplicate: The security group ` +
            `'${text(inputs, "name")}' already exists for VPC '${text(inputs, "vpcId")}'`,
    },
    outputs: ({ inputs }) => ({
        description: text(inputs, "description") || "Managed by Pulumi",
        ingress: list(inputs, "ingress"),
        egress: list(inputs, "egress"),
    }),
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
});

const vpcEndpoint = ec2("vpce", "vpc-endpoint", {
    outputs: (context) => {
        const interfaces = text(context.inputs, "vpcEndpointType") === "Interface";
        const service = text(context.inputs, "serviceName").split(".").slice(3).join(".");
        const { account, seed } = context;
        return {
            vpcEndpointType: text(context.inputs, "vpcEndpointType") || "Gateway",
            state: "available",
            prefixListId: interfaces ? "" : `pl-${hex(seed, 8)}`,
            cidrBlocks: interfaces ? [] : ["52.218.128.0/17"],
            networkInterfaceIds: list(context.inputs, "subnetIds").map(
                (_, i) => `eni-0${hex(`${seed}/eni/${i}`, 16)}`,
            ),
            requesterManaged: false,
            dnsEntries: interfaces
                ? [
                      {
                          dnsName: `${service}.${account.region}.${account.dnsSuffix}`,
                          hostedZoneId: `Z${hex(seed, 13).toUpperCase()}`,
                      },
                  ]
                : [],
        };
    },
    replaceOn: ["vpcId", "serviceName", "vpcEndpointType", "autoAccept", "serviceRegion"],
});

/** EC2 networking. */
export const networkRows: Rows = {
    "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", {
        outputs: ({ seed, inputs }) => ({
            enableDnsSupport: inputs.enableDnsSupport ?? true,
            enableDnsHostnames: inputs.enableDnsHostnames ?? false,
            instanceTenancy: text(inputs, "instanceTenancy") || "default",
            mainRouteTableId: `rtb-0${hex(`${seed}/main`, 16)}`,
            defaultRouteTableId: `rtb-0${hex(`${seed}/main`, 16)}`,
            defaultSecurityGroupId: `sg-0${hex(`${seed}/default`, 16)}`,
            defaultNetworkAclId: `acl-0${hex(`${seed}/default`, 16)}`,
            dhcpOptionsId: `dopt-0${hex(`${seed}/dhcp`, 16)}`,
        }),
        replaceOn: ["cidrBlock", "instanceTenancy"],
    }),
    "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", {
        outputs: ({ account, inputs }) => ({
            availabilityZone: text(inputs, "availabilityZone") || `${account.region}a`,
            availabilityZoneId:
                account.zoneIds[
                    account.availabilityZones.indexOf(text(inputs, "availabilityZone"))
                ] ?? "",
            mapPublicIpOnLaunch: inputs.mapPublicIpOnLaunch ?? false,
        }),
        unique: {
            by: ["vpcId", "cidrBlock"],
            refusal: (inputs) =>
                `operation error EC2: CreateSubnet, api error InvalidSubnet.Conflict: The CIDR ` +
                `'${text(inputs, "cidrBlock")}' conflicts with another subnet`,
        },
        replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
    }),
    "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
    "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", {
        arn: false,
        outputs: (context) => ({
            connectivityType: text(context.inputs, "connectivityType") || "public",
            privateIp: address(context, "10"),
            publicIp: address(context, "52"),
            networkInterfaceId: `eni-0${hex(context.seed, 16)}`,
            associationId: `eipassoc-0${hex(context.seed, 16)}`,
        }),
        replaceOn: ["subnetId", "allocationId", "connectivityType"],
    }),
    "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", {
        outputs: (context) => ({
            allocationId: context.id,
            domain: text(context.inputs, "domain") || "vpc",
            publicIp: address(context, "52"),
            publicDns: `ec2-${address(context, "52").replaceAll(".", "-")}.${context.account.region}.compute.${context.account.dnsSuffix}`,
        }),
    }),
    "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", {
        outputs: ({ inputs }) => ({
            routes: list(inputs, "routes"),
            propagatingVgws: list(inputs, "propagatingVgws"),
        }),
        replaceOn: ["vpcId"],
    }),
    "aws:ec2/route:Route": {
        autoName: false,
        id: ({ inputs, seed }) => `r-${text(inputs, "routeTableId")}${hex(seed, 8)}`,
        outputs: () => ({ state: "active", origin: "CreateRoute" }),
        replaceOn: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock"],
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        autoName: false,
        id: ({ seed }) => `rtbassoc-0${hex(seed, 16)}`,
        replaceOn: ["subnetId", "gatewayId"],
    },
    "aws:ec2/securityGroup:SecurityGroup": securityGroup,
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        autoName: false,
        id: ({ seed }) => `sgrule-${parseInt(hex(seed, 8), 16)}`,
        outputs: ({ seed }) => ({ securityGroupRuleId: `sgr-0${hex(seed, 16)}` }),
        unique: {
            by: [
                "type",
                "securityGroupId",
                "protocol",
                "fromPort",
                "toPort",
                "cidrBlocks",
                "ipv6CidrBlocks",
                "prefixListIds",
                "sourceSecurityGroupId",
                "self",
            ],
            refusal: (inputs) =>
                duplicateRule(text(inputs, "type"), {
                    ...inputs,
                    ipProtocol: text(inputs, "protocol"),
                    referencedSecurityGroupId: text(inputs, "sourceSecurityGroupId"),
                    cidrIpv4: texts(inputs, "cidrBlocks").join(", "),
                }),
        },
        replaceOn: [
            "type",
            "securityGroupId",
            "protocol",
            "fromPort",
            "toPort",
            "cidrBlocks",
            "ipv6CidrBlocks",
            "prefixListIds",
            "sourceSecurityGroupId",
            "self",
        ],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("egress"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
    "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log", { replaceOn: ["vpcId", "trafficType"] }),
    "aws:ec2/launchTemplate:LaunchTemplate": ec2("lt", "launch-template", {
        autoName: { property: "name", maxLength: 125 },
        unique: {
            by: ["name"],
            refusal: (inputs) =>
                `operation error EC2: CreateLaunchTemplate, api error ` +
                `InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use. ` +
                `(${text(inputs, "name")})`,
        },
        outputs: ({ inputs, revision }) => ({
            defaultVersion: inputs.updateDefaultVersion === true ? revision : 1,
            latestVersion: revision,
            metadataOptions: block(inputs, "metadataOptions"),
        }),
        revised: ["latestVersion", "defaultVersion"],
        replaceOn: ["name", "namePrefix"],
    }),
};
