import { Mutations, allow, change } from "./mutation";
import { subject } from "./extras";
import * as types from "./types";

const { REDIS, BROKER, DOMAIN, ELASTICSEARCH, EKS, EKS_COMPONENT, TEMPLATE, KEY } = types;
const { NODE_GROUP, ROLE, ROLE_POLICY, POLICY } = types;

const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

/** One change of an AWS resource, or of a setting, for each way in which a rule can be broken. */
export const awsMutations: Mutations = {
    "redis-encrypted-at-rest": [change((it) => it.set(REDIS, "atRestEncryptionEnabled", false))],
    "redis-encrypted-in-transit": [
        change((it) => it.set(REDIS, "transitEncryptionEnabled", undefined)),
        change((it) => it.set(REDIS, "transitEncryptionMode", "preferred")),
    ],
    "redis-authentication": [change((it) => it.set(REDIS, "authToken", undefined))],
    "search-encrypted-at-rest": [
        change((it) => it.set(DOMAIN, "encryptAtRest.enabled", false)),
        change((it) => it.set(ELASTICSEARCH, "encryptAtRest", undefined)),
    ],
    "search-encrypted-between-nodes": [
        change((it) => it.set(DOMAIN, "nodeToNodeEncryption.enabled", false)),
    ],
    "search-https": [
        change((it) => it.set(DOMAIN, "domainEndpointOptions.enforceHttps", false)),
        change((it) =>
            it.set(DOMAIN, "domainEndpointOptions.tlsSecurityPolicy", "Policy-Min-TLS-1-0-2019-07"),
        ),
    ],
    "cluster-secrets-encrypted": [
        change((it) => it.set(EKS, "encryptionConfig", undefined)),
        change((it) => it.set(EKS_COMPONENT, "encryptionConfigKeyArn", undefined)),
    ],
    "storage-class-encrypted": [
        change((it) => it.set(types.STORAGE_CLASS, "parameters.encrypted", undefined)),
    ],
    "node-volumes-encrypted": [
        change((it) => it.set(TEMPLATE, "blockDeviceMappings.0.ebs.encrypted", "false")),
        change((it) => it.set(TEMPLATE, "blockDeviceMappings", undefined)),
    ],
    "key-rotation": [change((it) => it.set(KEY, "enableKeyRotation", false))],

    "cluster-endpoint-private": [
        {
            settings: {
                endpointClosesAfterFirstUp: "false",
                publicAccessCidrs: '["198.51.100.0/24"]',
            },
        },
    ],
    "cluster-endpoint-restricted": [
        {
            values: { "cluster-endpoint-private": { allowPublicAccess: true } },
            settings: {
                publicAccessCidrs: '["0.0.0.0/0"]',
                allowInternet: "true",
            },
        },
        {
            values: { "cluster-endpoint-private": { allowPublicAccess: true } },
            ...change((it) => it.set(EKS, "vpcConfig.endpointPublicAccess", true)),
        },
    ],
    "broker-private": [change((it) => it.set(BROKER, "publiclyAccessible", true))],
    "search-in-vpc": [change((it) => it.set(DOMAIN, "vpcOptions", undefined))],
    "load-balancer-internal": [
        {
            settings: {
                ingressScheme: "internet-facing",
                ingressAllowedCidrs: '["198.51.100.0/24"]',
                domain: "hysds.example.com",
                tls: "acm",
                certificateArn:
                    "arn:aws:acm:us-west-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
            },
        },
        change((it) =>
            it.set(types.INGRESS, "metadata.annotations", {
                "alb.ingress.kubernetes.io/scheme": "internet-facing",
                "alb.ingress.kubernetes.io/inbound-cidrs": "198.51.100.0/24",
            }),
        ),
    ],
    "load-balancer-restricted": [
        { settings: { ingressAllowedCidrs: '["0.0.0.0/0"]', allowInternet: "true" } },
        change((it) =>
            it.set(types.INGRESS, "metadata.annotations", {
                "alb.ingress.kubernetes.io/scheme": "internal",
            }),
        ),
    ],
    "no-node-port": [change((it) => it.set(types.SERVICE, "spec.type", "NodePort"))],
    "security-group-closed-to-internet": [
        change((it) => it.set(types.INGRESS_RULE, "cidrIpv4", "0.0.0.0/0")),
        change((it) => it.set(types.INGRESS_RULE, "cidrIpv6", "::/0")),
        change((it) => it.set(types.SECURITY_GROUP_RULE, "type", "ingress")),
        change((it) => it.set(types.SECURITY_GROUP, "ingress", [{ cidrBlocks: ["0.0.0.0/1"] }])),
    ],
    "default-security-group-closed": [
        change((it) => it.set(types.DEFAULT_GROUP, "ingress", [{ self: true }])),
        change((it) => it.set(types.DEFAULT_GROUP, "egress", [{ self: true }])),
    ],
    "nodes-without-public-address": [
        change((it) =>
            it.set(TEMPLATE, "networkInterfaces", [{ associatePublicIpAddress: "true" }]),
        ),
    ],

    "search-principals-named": [
        change((it) =>
            it.set(types.DOMAIN_POLICY, "accessPolicies", allow({ Principal: { AWS: "*" } })),
        ),
        change((it) => it.set(DOMAIN, "accessPolicies", allow({ Principal: "*" }))),
    ],
    "no-wildcard-actions": [
        change((it) => it.set(ROLE_POLICY, "policy", allow({ Action: ["s3:*"] }))),
        change((it) => it.set(POLICY, "policy", allow({ Action: "*" }))),
        change((it) => it.set(POLICY, "policy", allow({ NotAction: "iam:*" }))),
        change((it) =>
            it.set(ROLE, "inlinePolicies", [{ name: "x", policy: allow({ Action: "es:*" }) }]),
        ),
    ],
    "pass-role-restricted": [
        change((it) => it.set(POLICY, "policy", allow({ Action: "iam:PassRole", Resource: "*" }))),
        change((it) =>
            it.set(
                POLICY,
                "policy",
                allow({ Action: "iam:pass*", Resource: "arn:aws:iam::123456789012:role/*" }),
            ),
        ),
    ],
    "role-boundary": [undefined, `${BOUNDARY}-of-another`].map((boundary) => ({
        values: { "role-boundary": { boundary: BOUNDARY } },
        ...change((it) => it.set(ROLE, "permissionsBoundary", boundary)),
    })),
    "trust-principals-named": [
        change((it) =>
            it.set(ROLE, "assumeRolePolicy", allow({ Action: "sts:AssumeRole", Principal: "*" })),
        ),
    ],
    "workload-role-subject": [
        change((it) =>
            it.set(
                ROLE,
                "assumeRolePolicy",
                allow({
                    Action: "sts:AssumeRoleWithWebIdentity",
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/o" },
                    Condition: {
                        StringEquals: { "o:aud": "sts.amazonaws.com" },
                        StringLike: { "o:sub": "system:serviceaccount:*:*" },
                    },
                }),
            ),
        ),
    ],
    "no-administrator-role": [
        change((it) =>
            it.set(types.ATTACHMENT, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
        ),
    ],
    "no-long-lived-keys": [
        change((it) => it.add(subject("aws:iam/accessKey:AccessKey", "key", { user: "u" }))),
        change((it) => it.add(subject("aws:iam/user:User", "user", {}))),
    ],
    "resource-policies-closed": [
        change((it) => it.set(KEY, "policy", allow({ Action: "kms:Decrypt", Principal: "*" }))),
        change((it) =>
            it.set(types.LOG_POLICY, "policyDocument", allow({ Principal: { AWS: "*" } })),
        ),
    ],
    "imdsv2-required": [
        change((it) => it.set(TEMPLATE, "metadataOptions.httpTokens", "optional")),
        change((it) => it.set(TEMPLATE, "metadataOptions.httpPutResponseHopLimit", 2)),
        change((it) => it.set(TEMPLATE, "metadataOptions", undefined)),
    ],

    "redis-multi-zone": [
        change((it) => it.set(REDIS, "automaticFailoverEnabled", false)),
        change((it) => it.set(REDIS, "multiAzEnabled", false)),
    ],
    "redis-backups": [{ settings: { redisSnapshotRetentionDays: "1" } }],
    "broker-multi-zone": [{ settings: { rabbitmqDeploymentMode: "SINGLE_INSTANCE" } }],
    "search-multi-zone": [
        change((it) => it.set(DOMAIN, "clusterConfig.instanceCount", 2)),
        change((it) => it.set(DOMAIN, "clusterConfig.zoneAwarenessEnabled", false)),
        change((it) =>
            it.set(DOMAIN, "clusterConfig.zoneAwarenessConfig.availabilityZoneCount", 2),
        ),
    ],
    "search-dedicated-masters": [{ settings: { searchDedicatedMasterCount: "0" } }],
    "stores-protected": [
        ...[REDIS, BROKER, DOMAIN, ELASTICSEARCH, KEY].map((type) =>
            change((it) => it.alter(type, { protect: false })),
        ),
    ],
    "cluster-deletion-protected": [
        change((it) => it.set(EKS, "deletionProtection", undefined)),
        change((it) => it.set(EKS_COMPONENT, "deletionProtection", false)),
    ],
    "key-deletion-window": [change((it) => it.set(KEY, "deletionWindowInDays", 7))],
    "nat-per-zone": [
        change((it) =>
            it
                .remove(types.NAT_GATEWAY, "made-by-awsx-2")
                .remove(types.NAT_GATEWAY, "made-by-awsx-3"),
        ),
        { withoutExtras: true, settings: { natGateways: "single" } },
    ],
    "flow-logs": [change((it) => it.remove(types.FLOW_LOG))],
    "log-retention": [
        { settings: { logRetentionDays: "30" } },
        change((it) => it.set(types.LOG_GROUP, "retentionInDays", undefined)),
    ],
    "cluster-logs": [
        change((it) => it.set(EKS, "enabledClusterLogTypes", ["api"])),
        change((it) => it.set(EKS_COMPONENT, "enabledClusterLogTypes", undefined)),
    ],
    "broker-logs": [change((it) => it.set(BROKER, "logs", undefined))],
    "search-logs": [change((it) => it.set(DOMAIN, "logPublishingOptions", []))],

    "kubernetes-version-supported": [
        { settings: { kubernetesVersion: "1.33" } },
        change((it) => it.set(EKS, "version", "1.19")),
    ],
    "redis-version-supported": [
        change((it) => it.set(REDIS, "engineVersion", "6.2")),
        change((it) => it.set(REDIS, "engineVersion", undefined)),
    ],
    "broker-version-supported": [change((it) => it.set(BROKER, "engineVersion", "3.12"))],
    "search-version-supported": [
        change((it) => it.set(DOMAIN, "engineVersion", "OpenSearch_2.9")),
        change((it) => it.set(ELASTICSEARCH, "elasticsearchVersion", "7.8")),
    ],
    "support-ends-soon": [{ settings: { kubernetesVersion: "1.34" } }],
    "automatic-minor-upgrades": [
        change((it) => it.set(REDIS, "autoMinorVersionUpgrade", false)),
        change((it) => it.set(BROKER, "autoMinorVersionUpgrade", undefined)),
    ],
    "search-maintenance-window": [
        change((it) => it.set(DOMAIN, "offPeakWindowOptions", undefined)),
    ],

    "node-instance-types": [
        { settings: { serviceNodeInstanceTypes: '["m6i.24xlarge"]' } },
        change((it) => it.set(NODE_GROUP, "instanceTypes", ["p4d.xlarge"])),
    ],
    "node-count": [{ settings: { jobNodeMaxSize: "450" } }],
    "redis-size": [
        change((it) => it.set(REDIS, "nodeType", "cache.r7g.16xlarge")),
        change((it) => it.set(REDIS, "numCacheClusters", 7)),
    ],
    "broker-size": [{ settings: { rabbitmqInstanceType: "mq.m7g.16xlarge" } }],
    "search-size": [
        change((it) => it.set(DOMAIN, "clusterConfig.instanceType", "r6g.12xlarge.search")),
        change((it) => it.set(DOMAIN, "clusterConfig.instanceCount", 36)),
        change((it) => it.set(DOMAIN, "ebsOptions.volumeSize", 24_576)),
    ],
    "nat-gateway-count": [
        change((it) =>
            it.add(
                subject(types.NAT_GATEWAY, "fourth", {
                    tags: { Project: "x", Environment: "x", ManagedBy: "x" },
                }),
            ),
        ),
    ],
    "required-tags": [
        change((it) => it.set(BROKER, "tags", undefined)),
        change((it) => it.set(types.SUBNET, "tags", { Name: "subnet" })),
    ],
    "no-credential-in-user-data": [
        change((it) =>
            it.set(
                TEMPLATE,
                "userData",
                Buffer.from("export AWS_ACCESS_KEY_ID=AKIAQ3EGRZ7K2MX4WPLD").toString("base64"),
            ),
        ),
        change((it) =>
            it.set(types.BROKER_CONFIGURATION, "data", "default_pass: glpat-abcdefgh12345678ijkl"),
        ),
    ],
};
