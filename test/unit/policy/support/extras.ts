import { Subject } from "../../../support/policy-pack";

/** A resource that the program itself does not register. */
export function subject(
    type: string,
    name: string,
    properties: Record<string, unknown>,
    provider = "cluster",
): Subject {
    const urn = `urn:pulumi:prod::hysds::${type}::${name}`;
    return { type, name, urn, properties, protect: false, provider };
}

const tags = { Project: "hysds", Environment: "prod", Stack: "prod", ManagedBy: "pulumi" };

/** What the components of eks and awsx make, in their providers. */
const madeByComponents = [
    subject("aws:eks/cluster:Cluster", "made-by-eks", {
        name: "hysds-prod",
        version: "1.35",
        roleArn: "arn:aws:iam::123456789012:role/cluster",
        vpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true, subnetIds: [] },
        enabledClusterLogTypes: ["api", "audit", "authenticator"],
        encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn" } },
        deletionProtection: true,
        tags,
    }),
    subject("aws:ec2/vpc:Vpc", "made-by-awsx", { cidrBlock: "10.0.0.0/16", tags }),
    ...[1, 2, 3].map((zone) =>
        subject("aws:ec2/natGateway:NatGateway", `made-by-awsx-${zone}`, { subnetId: "s", tags }),
    ),
    subject("aws:ec2/subnet:Subnet", "made-by-awsx-1", { vpcId: "v", tags }),
];

/** The same store by the other resource types that AWS has for it. */
const otherStores = [
    {
        ...subject("aws:elasticsearch/domain:Domain", "elasticsearch", {
            domainName: "elasticsearch",
            elasticsearchVersion: "7.10",
            encryptAtRest: { enabled: true },
            nodeToNodeEncryption: { enabled: true },
            domainEndpointOptions: {
                enforceHttps: true,
                tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
            },
            vpcOptions: { subnetIds: ["a", "b", "c"] },
            clusterConfig: {
                instanceType: "r6g.large.elasticsearch",
                instanceCount: 3,
                zoneAwarenessEnabled: true,
                zoneAwarenessConfig: { availabilityZoneCount: 3 },
                dedicatedMasterEnabled: true,
                dedicatedMasterCount: 3,
            },
            ebsOptions: { ebsEnabled: true, volumeSize: 100 },
            logPublishingOptions: [
                { logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: "arn" },
            ],
            tags,
        }),
        protect: true,
    },
    subject("aws:iam/policy:Policy", "attached", {
        policy: JSON.stringify({
            Statement: [
                {
                    Effect: "Allow",
                    Action: ["iam:PassRole", "s3:GetObject"],
                    Resource: "arn:aws:iam::123456789012:role/one",
                },
                { Effect: "Deny", Action: "*", Resource: "*" },
            ],
        }),
    }),
    subject("aws:ec2/securityGroupRule:SecurityGroupRule", "egress", {
        type: "egress",
        cidrBlocks: ["0.0.0.0/0"],
    }),
];

const meta = (name: string): Record<string, unknown> => ({ name, namespace: "hysds" });

/** Kinds that HySDS could use and does not. */
const otherKinds = [
    subject("kubernetes:networking.k8s.io/v1:Ingress", "ingress", {
        metadata: {
            ...meta("ingress"),
            annotations: {
                "alb.ingress.kubernetes.io/scheme": "internal",
                "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/8, 192.168.0.0/16",
            },
        },
        spec: { ingressClassName: "alb" },
    }),
    subject("kubernetes:rbac.authorization.k8s.io/v1:Role", "reader", {
        metadata: meta("reader"),
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
    }),
    subject("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "reader", {
        metadata: meta("reader"),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    }),
];

/** Resources beside those of the program against which no rule has anything. */
export const extras: readonly Subject[] = [...madeByComponents, ...otherStores, ...otherKinds];
