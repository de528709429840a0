import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import {
    outputOf,
    Properties,
    resourceReference,
    Value,
} from "../../../workshop/aws-simulation/wire/values";
import { urn } from "./support/client";
import { Engine } from "./support/engine";
import { NodeApi } from "./support/node-api";

let simulation: AwsSimulation;
let engine: Engine;
let nodes: NodeApi;
beforeEach(async () => {
    nodes = await NodeApi.start();
    simulation = await startAwsSimulation({
        kubeconfig: nodes.kubeconfig,
        quotas: { "L-0263D0A3": 20 },
    });
    engine = await Engine.start(simulation);
});
afterEach(async () => {
    engine.stop();
    await simulation.stop();
    nodes.stop();
});

describe("awsx:ec2:Vpc", () => {
    const construct = (inputs: Properties): ReturnType<Engine["construct"]> =>
        engine.construct("awsx:ec2:Vpc", "net", inputs);

    it.each<[string, number, Properties]>([
        ["OnePerAz", 3, { numberOfAvailabilityZones: 3 }],
        ["Single", 1, { numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } }],
        ["None", 0, { numberOfAvailabilityZones: 2, natGateways: { strategy: "None" } }],
    ])("with NAT %s has %d gateways", async (_, gateways, inputs) => {
        const { outputs } = await construct(inputs);
        expect(engine.ofType("aws:ec2/natGateway:NatGateway")).toHaveLength(gateways);
        expect(engine.ofType("aws:ec2/eip:Eip")).toHaveLength(gateways);
        expect(outputs.natGateways).toHaveLength(gateways);
    });

    it("makes tagged subnets in every zone, each with a route table of its own", async () => {
        const { outputs, dependenciesOf } = await construct({
            cidrBlock: "10.1.0.0/16",
            numberOfAvailabilityZones: 2,
            tags: { project: "hysds" },
            subnetSpecs: [
                { type: "Private", tags: { "kubernetes.io/role/internal-elb": "1" } },
                { type: "Public", tags: { "kubernetes.io/role/elb": "1" } },
            ],
        });
        const subnets = engine.ofType("aws:ec2/subnet:Subnet");
        expect(subnets.map(({ name }) => name).sort()).toEqual([
            "net-private-1",
            "net-private-2",
            "net-public-1",
            "net-public-2",
        ]);
        const byName = Object.fromEntries(subnets.map((one) => [one.name, one]));
        expect(byName["net-public-2"]?.inputs).toMatchObject({
            availabilityZone: "us-west-2b",
            mapPublicIpOnLaunch: true,
            tags: {
                Name: "net-public-2",
                SubnetType: "Public",
                project: "hysds",
                "kubernetes.io/role/elb": "1",
            },
        });
        expect(byName["net-private-1"]?.parent).toBe(urn("aws:ec2/vpc:Vpc", "net"));
        expect(outputs.privateSubnetIds).toEqual([
            byName["net-private-1"]?.id,
            byName["net-private-2"]?.id,
        ]);
        expect(dependenciesOf("privateSubnetIds")).toEqual([
            byName["net-private-1"]?.urn,
            byName["net-private-2"]?.urn,
        ]);
        expect(engine.ofType("aws:ec2/routeTable:RouteTable")).toHaveLength(4);
        expect(outputs.vpcId).toBe(engine.ofType("aws:ec2/vpc:Vpc")[0]?.id);
        expect(engine.ofType("awsx:ec2:Vpc")[0]?.inputs, "kept in the state").toEqual({});
    });

    const tagsOf = async (tags: Value): Promise<Record<string, Value>> => {
        const subnetSpecs = [{ type: "Public", tags: { "kubernetes.io/role/elb": "1" } }];
        await construct({
            numberOfAvailabilityZones: 2,
            natGateways: { strategy: "None" },
            subnetSpecs,
            tags,
        });
        return Object.fromEntries(
            ["subnet:Subnet", "internetGateway:InternetGateway"].map((type) => [
                type,
                engine.ofType(`aws:ec2/${type}`)[0]?.inputs.tags ?? null,
            ]),
        );
    };

    it("loses the children's own tags where the program's are an Output, as the real one does", async () => {
        expect(await tagsOf(outputOf({ project: "hysds" }))).toEqual({
            "subnet:Subnet": { project: "hysds" },
            "internetGateway:InternetGateway": { project: "hysds" },
        });
    });

    it("keeps them where only a tag's value is an Output", async () => {
        expect(await tagsOf({ project: outputOf("hysds") })).toEqual({
            "subnet:Subnet": {
                project: "hysds",
                Name: "net-public-1",
                SubnetType: "Public",
                "kubernetes.io/role/elb": "1",
            },
            "internetGateway:InternetGateway": { project: "hysds", Name: "net" },
        });
    });

    it("routes private subnets through the NAT gateway and public ones through the internet gateway", async () => {
        await construct({ numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } });
        const routes = engine.ofType("aws:ec2/route:Route");
        const nat = engine.ofType("aws:ec2/natGateway:NatGateway")[0]?.id;
        const internet = engine.ofType("aws:ec2/internetGateway:InternetGateway")[0]?.id;
        const targets = routes.map(({ name, inputs }) => [
            name,
            inputs.natGatewayId ?? inputs.gatewayId,
        ]);
        expect(Object.fromEntries(targets)).toEqual({
            "net-private-1": nat,
            "net-private-2": nat,
            "net-public-1": internet,
            "net-public-2": internet,
        });
    });

    it("rejects inputs that the published type does not have", async () => {
        await expect(construct({ natGateway: { strategy: "Single" } })).rejects.toThrow(
            'Unknown argument "natGateway"',
        );
        await expect(construct({ subnetSpecs: [{ cidrMask: 20 }] })).rejects.toThrow(
            'Missing required argument "type"',
        );
    });

    it("keeps several constructions at once apart", async () => {
        const names = ["one", "two", "three"];
        const vpcs = await Promise.all(
            names.map((name) =>
                engine.construct("awsx:ec2:Vpc", name, { numberOfAvailabilityZones: 2 }),
            ),
        );
        expect(new Set(vpcs.map(({ outputs }) => outputs.vpcId)).size).toBe(3);
        for (const name of names) {
            const own = engine.registrations.filter((one) =>
                one.name.startsWith(`${name}-private`),
            );
            expect(
                own
                    .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
                    .map(({ parent }) => parent),
            ).toEqual([urn("aws:ec2/vpc:Vpc", name), urn("aws:ec2/vpc:Vpc", name)]);
        }
    });
});

describe("eks:index:Cluster", () => {
    const construct = async (change: Properties = {}): ReturnType<Engine["construct"]> => {
        const vpc = await engine.construct("awsx:ec2:Vpc", "net", { numberOfAvailabilityZones: 2 });
        return engine.construct("eks:index:Cluster", "hysds", {
            name: "hysds",
            version: "1.35",
            vpcId: vpc.outputs.vpcId ?? null,
            privateSubnetIds: vpc.outputs.privateSubnetIds ?? null,
            createOidcProvider: true,
            authenticationMode: "API",
            skipDefaultNodeGroup: true,
            skipDefaultSecurityGroups: true,
            ...change,
        });
    };

    it("hands out the kubeconfig of the real API server, as an object and as JSON", async () => {
        const { outputs } = await construct();
        expect(outputs.kubeconfig).toEqual(JSON.parse(nodes.kubeconfig));
        expect(JSON.parse(outputs.kubeconfigJson as string)).toEqual(outputs.kubeconfig);
    });

    it("puts out the OIDC provider and the security group that EKS makes", async () => {
        const { outputs } = await construct();
        expect(outputs.oidcProviderUrl).toMatch(
            /^https:\/\/oidc\.eks\.us-west-2\.amazonaws\.com\/id\//,
        );
        expect(outputs.oidcIssuer).toBe(
            (outputs.oidcProviderUrl as string).replace("https://", ""),
        );
        expect(outputs.oidcProviderArn).toBe(
            `arn:aws:iam::123456789012:oidc-provider/${outputs.oidcIssuer as string}`,
        );
        expect(outputs.nodeSecurityGroupId).toMatch(/^sg-0[0-9a-f]{16}$/);
        const [cluster] = engine.ofType("aws:eks/cluster:Cluster");
        expect(outputs.eksCluster).toEqual(resourceReference(cluster?.urn ?? "", "hysds"));
    });

    it("encrypts secrets, gives access and configures the VPC CNI as asked", async () => {
        await construct({
            encryptionConfigKeyArn: "arn:aws:kms:us-west-2:123456789012:key/k",
            accessEntries: {
                admin: {
                    principalArn: "arn:aws:iam::123456789012:role/admin",
                    accessPolicies: {
                        all: {
                            policyArn:
                                "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                            accessScope: { type: "cluster" },
                        },
                    },
                },
            },
            vpcCniOptions: { enableNetworkPolicy: true },
        });
        expect(engine.ofType("aws:eks/cluster:Cluster")[0]?.inputs).toMatchObject({
            encryptionConfig: {
                provider: { keyArn: "arn:aws:kms:us-west-2:123456789012:key/k" },
                resources: ["secrets"],
            },
            accessConfig: { authenticationMode: "API" },
        });
        expect(engine.ofType("aws:eks/accessEntry:AccessEntry")[0]?.name).toBe("hysds-admin");
        expect(
            engine.ofType("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")[0]?.inputs,
        ).toMatchObject({
            principalArn: "arn:aws:iam::123456789012:role/admin",
            accessScope: { type: "cluster" },
        });
        const cni = engine
            .ofType("aws:eks/addon:Addon")
            .find(({ inputs }) => inputs.addonName === "vpc-cni");
        expect(cni?.inputs.configurationValues).toBe('{"enableNetworkPolicy":"true"}');
        expect(cni?.parent).toBe(urn("eks:index:VpcCniAddon", "hysds-vpc-cni"));
    });

    it("has nodes of its own unless they are skipped", async () => {
        const { outputs } = await construct({
            skipDefaultNodeGroup: false,
            skipDefaultSecurityGroups: false,
        });
        expect(engine.ofType("aws:autoscaling/group:Group")).toHaveLength(1);
        expect(outputs.nodeSecurityGroupId).toBe(
            engine.registrations.find(({ name }) => name === "hysds-nodeSecurityGroup")?.id,
        );
        expect(
            engine
                .ofType("aws:eks/addon:Addon")
                .map(({ inputs }) => inputs.addonName)
                .sort(),
        ).toEqual(["coredns", "kube-proxy", "vpc-cni"]);
    });

    it("fails with AWS's refusal of its control plane", async () => {
        await expect(construct({ version: "1.20" })).rejects.toThrow(
            "unsupported Kubernetes version",
        );
        await expect(
            construct({ endpointPublicAccess: false, publicAccessCidrs: ["10.0.0.0/8"] }),
        ).rejects.toThrow(
            "`publicAccessCidrs` can only be set when `endpointPublicAccess` is true",
        );
    });

    it("takes managed node groups and add-ons, by reference to the cluster component", async () => {
        const { outputs } = await construct();
        const component = urn("eks:index:Cluster", "hysds");
        const registered = engine.registrations.find((one) => one.urn === component);
        Object.assign(registered?.outputs ?? {}, outputs);
        const cluster = resourceReference(component, undefined);
        await engine.construct("eks:index:ManagedNodeGroup", "services", {
            cluster,
            nodeRoleArn: "arn:aws:iam::123456789012:role/node",
        });
        expect(engine.ofType("aws:eks/nodeGroup:NodeGroup")[0]?.inputs).toMatchObject({
            clusterName: "hysds",
            version: "1.35",
            scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 2 },
        });
        await engine.construct("eks:index:Addon", "metrics", {
            cluster,
            addonName: "metrics-server",
        });
        const addOns = engine.ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs.addonName);
        expect(addOns).toContain("metrics-server");
    });
});
