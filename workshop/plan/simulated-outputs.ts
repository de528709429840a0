import * as crypto from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { vcpusOfSize } from "../../components/settings/limits/instances";
import { RunningCluster } from "./running-cluster";

type Properties = Record<string, unknown>;

interface Resource {
    readonly type: string;
    readonly name: string;
    readonly inputs: Properties;
}

/** Part of every simulated secret, so that a reader, and a test that looks for leaks, knows one by sight. */
export const SIMULATED_SECRET = "simulated-secret";

/** Ends every host name that a simulated store answers. */
export const SIMULATED_DOMAIN = "simulated";

const ACCOUNT = "123456789012";
const REGION = "us-west-2";

const secret = (name: string): pulumi.Output<string> =>
    pulumi.secret(`${SIMULATED_SECRET}-${name}`);

const ids = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

/** Outputs beyond the inputs, by type: those that this project's program reads. */
const OUTPUTS: Readonly<Record<string, (resource: Resource) => Properties>> = {
    "awsx:ec2:Vpc": ({ name, inputs }) => {
        const named = inputs.availabilityZoneNames as readonly string[] | undefined;
        const zones =
            named?.length ?? (inputs.numberOfAvailabilityZones as number | undefined) ?? 3;
        return {
            vpcId: `vpc-${name}`,
            privateSubnetIds: ids("subnet-private", zones),
            publicSubnetIds: ids("subnet-public", zones),
            isolatedSubnetIds: [],
            routeTables: ids("rtb-private", zones).map((id) => ({ id })),
            routes: [],
        };
    },
    "eks:index:Cluster": ({ name }) => ({
        eksCluster: {
            name,
            arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${name}`,
            endpoint: `https://${name}.eks.${REGION}.simulated`,
            certificateAuthority: { data: "c2ltdWxhdGVk" },
            certificateAuthorities: [{ data: "c2ltdWxhdGVk" }],
            version: "1.35",
        },
        clusterSecurityGroupId: `sg-${name}-cluster`,
        nodeSecurityGroupId: `sg-${name}-node`,
        oidcProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.simulated`,
        oidcProviderUrl: "https://oidc.simulated",
        oidcIssuer: "oidc.simulated",
        kubeconfig: pulumi.secret({ kind: "Config", user: `${SIMULATED_SECRET}-kubeconfig` }),
        kubeconfigJson: secret("kubeconfig"),
    }),
    "aws:mq/broker:Broker": ({ name }) => ({
        instances: [
            {
                endpoints: [`amqps://b-${name}.mq.${REGION}.simulated:5671`],
                consoleUrl: `https://b-${name}.mq.${REGION}.simulated`,
            },
        ],
    }),
    "aws:elasticache/replicationGroup:ReplicationGroup": ({ name, inputs }) => ({
        memberClusters: ids(name, (inputs.numCacheClusters as number | undefined) ?? 1),
        primaryEndpointAddress: `master.${name}.cache.simulated`,
        readerEndpointAddress: `replica.${name}.cache.simulated`,
    }),
    "aws:ecr/repository:Repository": ({ inputs }) => ({
        repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${inputs.name as string}`,
    }),
    "docker-build:index:Image": ({ inputs }) => ({
        ref: `${(inputs.tags as string[])[0]}@sha256:${"0".repeat(64)}`,
    }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
    "aws:mq/configuration:Configuration": () => ({ latestRevision: 1 }),
    "aws:opensearch/domain:Domain": ({ name }) => ({ endpoint: `vpc-${name}.es.simulated` }),
    "aws:elasticsearch/domain:Domain": ({ name }) => ({ endpoint: `vpc-${name}.es.simulated` }),
    "random:index/randomPassword:RandomPassword": ({ name }) => ({
        result: secret(name),
        bcryptHash: secret(name),
    }),
    "random:index/randomBytes:RandomBytes": ({ name }) => ({
        hex: secret(name),
        base64: secret(name),
    }),
};

/** Answers of the functions that the program calls, by token. */
const ANSWERS: Readonly<Record<string, (inputs: Properties) => Properties>> = {
    "aws:index/getRegion:getRegion": () => ({ region: REGION, name: REGION, id: REGION }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
        names: ["a", "b", "c", "d"].map((letter) => `${REGION}${letter}`),
        zoneIds: [1, 2, 3, 4].map((zone) => `usw2-az${zone}`),
    }),
    "aws:index/getPartition:getPartition": () => ({
        partition: "aws",
        dnsSuffix: "amazonaws.com",
    }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
        accountId: ACCOUNT,
        arn: `arn:aws:iam::${ACCOUNT}:user/simulated`,
    }),
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
        userName: "AWS",
        password: `${SIMULATED_SECRET}-registry`,
    }),
    "aws:ec2/getInstanceType:getInstanceType": ({ instanceType }) => ({
        instanceType,
        totalInstanceStorage: 474,
        defaultVcpus: vcpusOfSize(instanceType as string),
    }),
    // An account that was granted enough, and has nothing yet.
    "aws:servicequotas/getServiceQuota:getServiceQuota": () => ({ value: 100_000, region: REGION }),
    "aws:ec2/getVpcs:getVpcs": () => ({ ids: [] }),
    "aws:ec2/getEips:getEips": () => ({ allocationIds: [] }),
    "aws:ec2/getNatGateways:getNatGateways": () => ({ ids: [] }),
    "aws:lb/getLbs:getLbs": () => ({ arns: [] }),
    // Each in a zone of its own: which one, only an account knows.
    "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
        availabilityZone: `zone of ${id as string}`,
        availabilityZoneId: `zone of ${id as string}`,
    }),
    "aws:eks/getClusters:getClusters": () => ({ names: [] }),
    "aws:cloudwatch/getLogGroups:getLogGroups": () => ({ logGroupNames: [] }),
    "aws:ssm/getParametersByPath:getParametersByPath": () => ({ names: [] }),
    "aws:ssm/getParameter:getParameter": ({ name }) => ({
        insecureValue: `value of ${name as string}`,
    }),
    "aws:lb/getLoadBalancer:getLoadBalancer": ({ name }) => ({
        arnSuffix: `app/${name as string}/0123456789abcdef`,
    }),
    "aws:eks/getAddon:getAddon": ({ addonName }) => ({
        addonName,
        addonVersion: "v1.0.0-eksbuild.1",
        tags: {},
    }),
    "aws:eks/getAddonVersion:getAddonVersion": ({ addonName }) => ({
        addonName,
        version: "v1.0.0-eksbuild.1",
    }),
};

/**
 * Stands in for every provider: a resource's outputs are its inputs, an id, a name (and for AWS an ARN) where it has none,
 * and what `OUTPUTS` adds for its type.
 *
 * @param running a cluster that the account has already, whose API has no public endpoint
 */
export function simulatedProviders(running?: RunningCluster): pulumi.runtime.Mocks {
    const answers = running ? { ...ANSWERS, ...answersOf(running) } : ANSWERS;
    return {
        newResource: ({ type, name, inputs: untyped }) => {
            const inputs = untyped as Properties;
            const resource = { type, name, inputs };
            const state = { ...inputs, ...named(resource), ...OUTPUTS[type]?.(resource) };
            return { id: (inputs.name as string | undefined) ?? `${name}-id`, state };
        },
        call: ({ token, inputs }) => {
            const answer = answers[token];
            if (!answer) {
                const details = `workshop/plan/simulated-outputs.ts has no answer for the function ${token}`;
                // Of a failure, the SDK shows gRPC's `details` and not the message.
                throw Object.assign(new Error(details), { details });
            }
            return answer(inputs as Properties);
        },
    };
}

function answersOf({ name, version }: RunningCluster): typeof ANSWERS {
    return {
        "aws:eks/getClusters:getClusters": () => ({ names: [name] }),
        "aws:eks/getCluster:getCluster": () => ({
            name,
            version,
            vpcConfig: { endpointPublicAccess: false },
        }),
        "aws:eks/getNodeGroups:getNodeGroups": () => ({ names: [] }),
    };
}

function named({ type, name, inputs }: Resource): Properties {
    if (type.startsWith("kubernetes:")) {
        const metadata = inputs.metadata as Properties | undefined;
        return { metadata: { name: autoName(name), ...metadata } };
    }
    const service = /^aws:(\w+)/.exec(type)?.[1];
    const arn = `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
    return service ? { name, arn, region: REGION, ...inputs } : {};
}

/** The Kubernetes provider names what has no name: the logical name and eight characters. */
function autoName(name: string): string {
    return `${name}-${crypto.createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
