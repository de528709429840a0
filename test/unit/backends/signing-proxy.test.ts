import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { SigningProxy } from "../../../components/backends/aws/signing-proxy";
import { IdentityArgs, Platform } from "../../../components/platform/platform";
import { statementsOf } from "../../../components/platform/aws/grants";
import { SigningProxySettings } from "../../../components/settings/settings";
import { fakePlatform } from "../../support/hysds";
import { admitted, valueOf } from "../../support/kubernetes-objects";
import { Registered, registered } from "../../support/mocks";
import { mainContainer, workload } from "../../support/workloads";

const DOMAIN_ARN = "arn:aws-us-gov:es:us-gov-west-1:123456789012:domain/hysds";
const ROLE_ARN = "arn:aws-us-gov:iam::123456789012:role/search-proxy";

interface Built {
    readonly stack: Registered;
    readonly proxy: SigningProxy;
    readonly identities: IdentityArgs[];
}

async function build(changes: Partial<SigningProxySettings> = {}, iam = true): Promise<Built> {
    const identities: IdentityArgs[] = [];
    let proxy: SigningProxy | undefined;
    const stack = await registered(() => {
        const fake = fakePlatform(true);
        const platform: Platform = {
            ...fake,
            identityFor: (name, args) => {
                identities.push(args);
                const identity = fake.identityFor(name, args);
                return iam ? { ...identity, principal: pulumi.output(ROLE_ARN) } : identity;
            },
        };
        proxy = new SigningProxy("search-proxy", {
            settings: {
                implementation: "aws-sigv4-proxy",
                replicas: 2,
                timeoutSeconds: 300,
                ...changes,
            },
            images: { registry: "docker.io/hysds", tag: "0.1.0", overrides: {} },
            platform,
            namespace: platform.namespace("hysds", "restricted"),
            domainEndpoint: pulumi.output("vpc-hysds-abc.us-gov-west-1.es.amazonaws.com"),
            domainArn: pulumi.output(DOMAIN_ARN),
            region: pulumi.output("us-gov-west-1"),
            engine: "opensearch",
            engineVersion: "2.19",
            allowedNamespaces: ["hysds", "hysds-jobs"],
        });
    });
    if (!proxy) {
        throw new Error("SigningProxy was not made");
    }
    return { stack, proxy, identities };
}

function argsOf(stack: Registered): string[] {
    return (mainContainer(workload(stack, "search-proxy")) as unknown as { args: string[] }).args;
}

describe("a signing proxy", () => {
    let built: Built;

    beforeAll(async () => {
        built = await build();
    });

    it("is a plain HTTP search endpoint on port 9200 without credentials", async () => {
        const { endpoint, roleArn } = built.proxy;
        expect((await valueOf(endpoint.resolved())).url).toBe("http://search-proxy.hysds.svc:9200");
        expect(endpoint.engineVersion).toBe("2.19");
        expect(await valueOf(roleArn)).toBe(ROLE_ARN);
    });

    it("may use the HTTP API of its own domain, and nothing else of AWS", async () => {
        const grants = built.identities[0]?.grants ?? [];
        const account = {
            partition: pulumi.output("aws"),
            region: pulumi.output("us-west-2"),
            accountId: pulumi.output("123456789012"),
        };
        expect(await valueOf(pulumi.output(statementsOf(grants, account)))).toEqual([
            {
                Effect: "Allow",
                Action: [
                    "es:ESHttpGet",
                    "es:ESHttpHead",
                    "es:ESHttpPost",
                    "es:ESHttpPut",
                    "es:ESHttpDelete",
                ],
                Resource: `${DOMAIN_ARN}/*`,
            },
        ]);
    });

    it("admits pods of HySDS's namespaces only", () => {
        expect(admitted(built.stack, "search-proxy")).toEqual(["hysds-jobs:9200", "hysds:9200"]);
    });

    it("is not reachable from outside the cluster", () => {
        expect(built.stack.inputs("kubernetes:core/v1:Service")).toMatchObject({
            spec: { type: "ClusterIP" },
        });
    });

    it("forwards to the domain with the domain's region", () => {
        expect(argsOf(built.stack)).toEqual([
            "--name",
            "es",
            "--region",
            "us-gov-west-1",
            "--host",
            "vpc-hysds-abc.us-gov-west-1.es.amazonaws.com",
            "--port",
            ":9200",
        ]);
    });

    it("is probed without a request that would be forwarded to the domain", () => {
        const { readinessProbe, livenessProbe } = mainContainer(
            workload(built.stack, "search-proxy"),
        );
        expect(readinessProbe).toMatchObject({ tcpSocket: { port: 9200 } });
        expect(livenessProbe).toMatchObject({ tcpSocket: { port: 9200 } });
    });

    it("loses no capacity while it rolls or nodes drain, and spreads over nodes", () => {
        const { replicas, strategy, pod } = workload(built.stack, "search-proxy");
        expect(replicas).toBe(2);
        expect(strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
        expect(JSON.stringify(pod)).toContain("kubernetes.io/hostname");
        expect(built.stack.inputs("kubernetes:policy/v1:PodDisruptionBudget")).toMatchObject({
            spec: { maxUnavailable: 1 },
        });
    });

    it("runs as its own ServiceAccount, as nobody, with a read-only root", () => {
        const { pod } = workload(built.stack, "search-proxy");
        expect(pod.serviceAccountName).toBe("search-proxy");
        expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65534 });
        expect(pod.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
    });
});

describe("variants of a signing proxy", () => {
    it("as aws-es-proxy listens on all addresses and waits as long as configured", async () => {
        const { stack } = await build({ implementation: "aws-es-proxy", timeoutSeconds: 120 });
        expect(argsOf(stack)).toEqual([
            "-endpoint",
            "https://vpc-hysds-abc.us-gov-west-1.es.amazonaws.com",
            "-listen",
            "0.0.0.0:9200",
            "-timeout",
            "120",
        ]);
    });

    it("with one replica has no disruption budget, which would block node drains", async () => {
        const { stack } = await build({ replicas: 1 });
        expect(stack.ofType("kubernetes:policy/v1:PodDisruptionBudget")).toEqual([]);
    });

    it("is refused on a platform without IAM", async () => {
        await expect(build({}, false)).rejects.toThrow(/search-proxy needs a platform/);
    });
});
