import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { toolCatalog } from "../../../workshop/engine/toolchain/catalog";
import { nodeToolCatalog } from "../../../workshop/engine/toolchain/node-tools";
import { layoutOf } from "../../node/support/node/layout";
import { pickNetwork } from "../../node/support/node/network";

function networks(...addresses: string[]): NodeJS.Dict<NetworkInterfaceInfo[]> {
    return Object.fromEntries(
        addresses.map((address) => [address, [{ address } as NetworkInterfaceInfo]]),
    );
}

describe("a real node", () => {
    it("takes the first network that no interface of the machine is in", () => {
        expect(pickNetwork(networks("127.0.0.1", "10.223.10.254")).podRange).toBe("10.223.0.0/24");
        expect(pickNetwork(networks("10.223.0.254", "10.223.1.254")).bridgeAddress).toBe(
            "10.223.2.1",
        );
    });

    it("refuses to start where every network is taken", () => {
        const all = networks(...Array.from({ length: 256 }, (_, number) => `10.223.${number}.254`));
        expect(() => pickNetwork(all)).toThrow("stop the nodes that are no longer needed");
    });

    it("refuses a folder that its programs could not see, or that is too long for a socket", () => {
        expect(() => layoutOf("/var/lib/node")).toThrow("cannot be below /var/lib: /var/lib/node");
        expect(() => layoutOf(`/tmp/${"x".repeat(80)}`)).toThrow("needs a shorter path");
        expect(layoutOf("/var/library").containerdSocket).toBe(
            "/var/library/run/containerd/containerd.sock",
        );
    });

    it("needs no tool that a stack's toolchain would have to wait for", () => {
        const stack = toolCatalog().map(({ id }) => id);
        expect(nodeToolCatalog().filter(({ id }) => stack.includes(id))).toEqual([]);
    });

    it("has one version of Kubernetes with the control plane, from its release or built", () => {
        const machine = { platform: "linux", arch: "x64" };
        const node = nodeToolCatalog(machine).find(({ id }) => id === "node");
        const controlPlane = toolCatalog(machine).find(({ id }) => id === "control-plane");
        expect(node?.version).toBe(controlPlane?.version);
        expect(node?.downloads.map(({ url }) => url)).toEqual([
            `https://dl.k8s.io/v${node?.version}/bin/linux/amd64/kubelet`,
            `https://dl.k8s.io/v${node?.version}/bin/linux/amd64/kube-proxy`,
        ]);
        expect(node?.builds[0]?.links).toEqual(["kubelet", "kube-proxy"]);
    });
});
