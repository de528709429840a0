import { describe, expect, it } from "vitest";
import { INSTALLATION_KEY, installationFile } from "../../../contract/installation-file";
import { OperationsRelay } from "../../../components/operations/relay";
import { renderRelayConfig } from "../../../components/operations/relay-config";
import { WORKLOADS } from "../../support/workloads-of-hysds";
import { fakeBackends, fakePlatform, PASSWORD_MARK } from "../../support/hysds";
import { leaks, secretFile } from "../../support/kubernetes-objects";
import { Registered, registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";
import { workload } from "../../support/workloads";

function build(): Promise<Registered> {
    return registered(() => {
        new OperationsRelay("operations-relay", {
            settings: awsSettings(),
            platform: fakePlatform(true),
            backends: fakeBackends("opensearch"),
            workloads: WORKLOADS,
        });
    });
}

function relayConfig(stack: Registered): string {
    const { data } = stack.inputs("kubernetes:core/v1:ConfigMap");
    return (data as Record<string, string>)["nginx.conf.template"] ?? "";
}

describe("the operations relay", () => {
    it("listens on its loopback only, and no Service or NetworkPolicy leads to it", async () => {
        const stack = await build();
        const listens = relayConfig(stack).match(/listen [^;]+/g) ?? [];
        expect(listens).toHaveLength(9);
        expect(listens.filter((line) => !line.startsWith("listen 127.0.0.1:"))).toEqual([]);
        expect(stack.ofType("kubernetes:core/v1:Service")).toEqual([]);
        expect(stack.ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy")).toEqual([]);
    });

    it("has a way to every target that the Secret names", async () => {
        const stack = await build();
        const text = secretFile(stack, "operations-relay-installation", INSTALLATION_KEY);
        const { doors } = installationFile.parse(JSON.parse(text));
        for (const { port } of Object.values(doors)) {
            expect(relayConfig(stack)).toContain(`listen 127.0.0.1:${port};`);
        }
        expect(doors.rabbitmq).toEqual({
            port: 15672,
            scheme: "https",
            host: "management.example",
            username: "hysds",
            password: `${PASSWORD_MARK}-management.example`,
        });
        expect(doors["jobs-redis"]).toMatchObject({ scheme: "rediss", host: "results.example" });
        expect(doors.mozart).toEqual({
            port: 8888,
            scheme: "http",
            host: "mozart.hysds.svc",
            alivePath: "/services",
        });
    });

    it("keeps passwords in the Secret", async () => {
        expect(leaks(await build(), PASSWORD_MARK)).toEqual([]);
    });

    it("runs without root, is asked inside the pod, and rolls when a store moves", async () => {
        const stack = await build();
        const { pod } = workload(stack, "operations-relay");
        expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
        expect(pod.containers[0]?.readinessProbe).toHaveProperty("exec");
        const config = stack.one("kubernetes:core/v1:ConfigMap");
        expect(config.inputs.metadata).not.toHaveProperty("name");
        expect(stack.ancestors(stack.one("kubernetes:apps/v1:Deployment"))).toContain(config.urn);
    });
});

describe("nginx.conf of the relay", () => {
    const config = renderRelayConfig(
        [
            { port: 6379, host: "redis.hysds-stores.svc", hostPort: 6379 },
            { port: 15672, host: "b-1.mq.us-west-2.amazonaws.com", hostPort: 443 },
        ],
        { resolvers: "10.96.0.10", clusterDomain: "cluster.local" },
    );

    it("asks for cluster names in full, as nginx knows no search domains", () => {
        expect(config).toContain("redis.hysds-stores.svc.cluster.local:6379;");
        expect(config).toContain("b-1.mq.us-west-2.amazonaws.com:443;");
    });

    it("starts whether or not the services exist: upstreams are variables with a resolver", () => {
        expect(config).toContain("resolver 10.96.0.10 valid=10s;");
        expect(config.match(/proxy_pass [^$\s]/g)).toBeNull();
    });
});
