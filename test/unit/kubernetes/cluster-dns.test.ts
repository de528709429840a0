import { describe, expect, it } from "vitest";
import { qualifiedHost, serviceHost } from "../../../components/kubernetes/cluster-dns";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";

describe("the host of a Service", () => {
    it("is found from every namespace", () => {
        expect(serviceHost("mozart", "hysds")).toBe("mozart.hysds.svc");
    });

    it("has the cluster's domain, for who adds none", () => {
        expect(qualifiedHost("mozart.hysds.svc", "sds.example.org")).toBe(
            "mozart.hysds.svc.sds.example.org",
        );
    });

    it("stays what it is outside of the cluster", () => {
        const host = "b-1.mq.us-west-2.amazonaws.com";
        expect(qualifiedHost(host, "sds.example.org")).toBe(host);
    });
});

describe("hysds:clusterDomain", () => {
    it("is the only domain that anything of the stack asks for", async () => {
        const stack = await evaluated("local", {
            "hysds:clusterDomain": "sds.example.org",
            "hysds:autoscaling": "keda",
        });
        const text = (name: string): string =>
            JSON.stringify(
                stack.resources
                    .filter((resource) => resource.name === name)
                    .map(({ inputs }) => reveal(inputs)),
            );
        expect(text("gateway-config")).toContain("mozart.hysds.svc.sds.example.org:8888");
        expect(text("operations-relay-config")).toContain(
            "rabbitmq.hysds-stores.svc.sds.example.org:15672",
        );
        expect(text("keda")).toContain('"clusterDomain":"sds.example.org"');
        const naming = stack.resources.filter(({ inputs }) =>
            JSON.stringify(reveal(inputs)).includes("cluster.local"),
        );
        expect(naming.map(({ urn }) => urn)).toEqual([]);
    });
});
