import { describe, expect, it } from "vitest";
import { selectorLabels } from "../../../contract/labels";
import { allowIngress, Peer } from "../../../components/kubernetes/network-policy";
import { fakePlatform } from "../../support/hysds";
import { admitted } from "../../support/kubernetes-objects";
import { Registered, registered } from "../../support/mocks";

function admitting(from: Peer[]): Promise<Registered> {
    return registered(() => {
        const platform = fakePlatform(false);
        const namespace = platform.namespace("shop", "restricted");
        const pods = selectorLabels("web", "mozart");
        allowIngress("web", { namespace, pods, ports: [80, 443], from }, platform);
    });
}

describe("a NetworkPolicy that admits", () => {
    it("namespaces, on every named port", async () => {
        expect(admitted(await admitting([{ namespace: "a" }, { namespace: "b" }]), "web")).toEqual([
            "a:443",
            "a:80",
            "b:443",
            "b:80",
        ]);
    });

    it("certain pods of a namespace only", async () => {
        const pods = selectorLabels("gateway", "gateway");
        const stack = await admitting([{ namespace: "a", pods }]);
        expect(stack.inputs("kubernetes:networking.k8s.io/v1:NetworkPolicy")).toMatchObject({
            spec: { ingress: [{ from: [{ podSelector: { matchLabels: pods } }] }] },
        });
    });

    it("no peer is refused, because Kubernetes reads that as every peer", async () => {
        await expect(admitting([])).rejects.toThrow(/admits nobody/);
    });
});
