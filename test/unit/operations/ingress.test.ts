import { describe, expect, it } from "vitest";
import { Access, createIngress } from "../../../components/operations/ingress";
import { loadBalancerAnnotations } from "../../../components/platform/aws/load-balancer";
import { Platform } from "../../../components/platform/platform";
import { HysdsSettings, IngressSettings } from "../../../components/settings/settings";
import { reveal } from "../../../workshop/plan/secret";
import { WORKLOADS } from "../../support/workloads-of-hysds";
import { fakePlatform } from "../../support/hysds";
import { admitted, valueOf } from "../../support/kubernetes-objects";
import { Registered, registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";
import { workload } from "../../support/workloads";

const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/0123";

interface Built {
    readonly stack: Registered;
    readonly access: Access;
}

async function build(
    changes: Partial<IngressSettings>,
    size: HysdsSettings["size"] = "standard",
): Promise<Built> {
    let access: Access | undefined;
    const stack = await registered(() => {
        const settings = awsSettings();
        const platform: Platform = {
            ...fakePlatform(true),
            loadBalancerAnnotations: (args) =>
                loadBalancerAnnotations({ ...args, subnetIds: [], tags: {} }),
        };
        access = createIngress(
            {
                ...settings,
                hysds: { ...settings.hysds, size },
                ingress: { ...settings.ingress, allowedCidrs: ["10.0.0.0/8"], ...changes },
            },
            platform,
            WORKLOADS,
        );
    });
    if (!access) {
        throw new Error("createIngress did not run");
    }
    return { stack, access };
}

interface ServiceManifest {
    readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
    readonly spec: { readonly type: string; readonly loadBalancerSourceRanges?: string[] };
}

function services(stack: Registered): ServiceManifest[] {
    return stack.ofType(SERVICE).map(({ inputs }) => reveal(inputs) as ServiceManifest);
}

function loadBalancers(stack: Registered): ServiceManifest[] {
    return services(stack).filter(({ spec }) => spec.type === "LoadBalancer");
}

describe("with no ingress", () => {
    it("only port-forwarding reaches the gateway", async () => {
        const { stack, access } = await build({ kind: "none" });
        expect(services(stack).map(({ spec }) => spec.type)).toEqual(["ClusterIP"]);
        expect(stack.ofType(INGRESS)).toEqual([]);
        expect(admitted(stack, "gateway")).toEqual([]);
        expect(access.url).toBeUndefined();
        expect(access.portForwardCommand).toBe(
            "kubectl --namespace hysds port-forward service/gateway 8080:80",
        );
        const { mozart, flower } = access.urls;
        expect(mozart && (await valueOf(mozart))).toBe("http://localhost:8080/mozart/");
        expect(flower && (await valueOf(flower))).toBe("http://localhost:8080/flower/");
    });
});

describe("with a load balancer", () => {
    it("is internal and admits the configured networks only", async () => {
        const { stack } = await build({ kind: "load-balancer" });
        expect(loadBalancers(stack)).toEqual([
            expect.objectContaining({
                metadata: expect.objectContaining({
                    name: "gateway-load-balancer",
                    annotations: {
                        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
                        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
                    },
                }) as object,
                spec: expect.objectContaining({
                    loadBalancerSourceRanges: ["10.0.0.0/8"],
                    ports: [{ name: "http", port: 80, targetPort: "http" }],
                }) as object,
            }),
        ]);
        expect(admitted(stack, "gateway")).toEqual(["any-address:8080"]);
    });

    it("is never made open to everyone by an empty list", async () => {
        await expect(build({ kind: "load-balancer", allowedCidrs: [] })).rejects.toThrow(
            /hysds:ingressAllowedCidrs/,
        );
    });

    it("names 0.0.0.0/0 only where the configuration does", async () => {
        const closed = await build({ kind: "load-balancer", mozartLoadBalancer: true });
        expect(JSON.stringify(reveal(closed.stack.all))).not.toContain("0.0.0.0/0");
        const open = await build({ kind: "load-balancer", allowedCidrs: ["0.0.0.0/0"] });
        expect(loadBalancers(open.stack)[0]?.spec.loadBalancerSourceRanges).toEqual(["0.0.0.0/0"]);
    });

    it("ends TLS on 443 with an ACM certificate, for a domain", async () => {
        const { stack, access } = await build({
            kind: "load-balancer",
            scheme: "internet-facing",
            tls: "acm",
            certificateArn: CERTIFICATE,
            domain: "hysds.example.org",
        });
        const [service] = loadBalancers(stack);
        expect(service).toMatchObject({
            metadata: {
                annotations: {
                    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": CERTIFICATE,
                    "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
                },
            },
            spec: { ports: [{ name: "https", port: 443, targetPort: "http" }] },
        });
        expect(access.url && (await valueOf(access.url))).toBe("https://hysds.example.org");
        const config = stack.inputs("kubernetes:core/v1:ConfigMap") as {
            data: Record<string, string>;
        };
        expect(config.data["nginx.conf.template"]).toContain("X-Scheme https;");
    });
});

describe("with an Ingress", () => {
    it("has cert-manager issue the certificate of the domain", async () => {
        const { stack, access } = await build({
            kind: "ingress",
            ingressClass: "nginx",
            tls: "cert-manager",
            clusterIssuer: "letsencrypt",
            domain: "hysds.example.org",
        });
        expect(stack.inputs(INGRESS)).toMatchObject({
            metadata: {
                annotations: {
                    "cert-manager.io/cluster-issuer": "letsencrypt",
                    "nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8",
                },
            },
            spec: {
                ingressClassName: "nginx",
                tls: [{ hosts: ["hysds.example.org"], secretName: "gateway-tls" }],
                rules: [
                    {
                        host: "hysds.example.org",
                        http: {
                            paths: [
                                {
                                    path: "/",
                                    pathType: "Prefix",
                                    backend: {
                                        service: { name: "gateway", port: { name: "http" } },
                                    },
                                },
                            ],
                        },
                    },
                ],
            },
        });
        expect(loadBalancers(stack)).toEqual([]);
        expect(admitted(stack, "gateway")).toEqual(["any-pod:8080"]);
        expect(access.url && (await valueOf(access.url))).toBe("https://hysds.example.org");
    });

    it("of class alb is internal, for the configured networks, with the ACM certificate", async () => {
        const { stack } = await build({
            kind: "ingress",
            ingressClass: "alb",
            tls: "acm",
            certificateArn: CERTIFICATE,
        });
        expect(stack.inputs(INGRESS)).toMatchObject({
            metadata: {
                annotations: {
                    "alb.ingress.kubernetes.io/scheme": "internal",
                    "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/8",
                    "alb.ingress.kubernetes.io/certificate-arn": CERTIFICATE,
                    "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]',
                },
            },
        });
        expect(admitted(stack, "gateway")).toEqual(["any-address:8080"]);
    });
});

describe("Mozart's own load balancer", () => {
    it("leads to Mozart's pods on port 8888, which admit it", async () => {
        const { stack } = await build({ kind: "none", mozartLoadBalancer: true });
        expect(loadBalancers(stack)).toEqual([
            expect.objectContaining({
                metadata: expect.objectContaining({ name: "mozart-load-balancer" }) as object,
                spec: expect.objectContaining({
                    selector: {
                        "app.kubernetes.io/name": "mozart",
                        "app.kubernetes.io/component": "mozart",
                    },
                    ports: [{ name: "http", port: 8888, targetPort: 8888 }],
                    loadBalancerSourceRanges: ["10.0.0.0/8"],
                }) as object,
            }),
        ]);
        expect(admitted(stack, "mozart")).toEqual(["any-address:8888"]);
    });
});

describe("the gateway's pods", () => {
    it("are two on a standard stack, with a disruption budget, and one on a small one", async () => {
        const budget = "kubernetes:policy/v1:PodDisruptionBudget";
        const standard = await build({ kind: "none" });
        expect(workload(standard.stack, "gateway").replicas).toBe(2);
        expect(standard.stack.ofType(budget)).toHaveLength(1);
        const small = await build({ kind: "none" }, "small");
        expect(workload(small.stack, "gateway").replicas).toBe(1);
        expect(small.stack.ofType(budget)).toEqual([]);
    });

    it("run without root, and roll when the routes change", async () => {
        const { stack } = await build({ kind: "none" });
        const { pod } = workload(stack, "gateway");
        expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 101 });
        expect(pod.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
        const config = stack.one("kubernetes:core/v1:ConfigMap");
        expect(config.inputs.metadata).not.toHaveProperty("name");
        expect(stack.ancestors(stack.one("kubernetes:apps/v1:Deployment"))).toContain(config.urn);
    });
});
