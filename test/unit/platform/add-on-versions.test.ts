import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { AwsPlatformSettings } from "../../../components/settings/settings";
import { registered, Registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

type Running = Readonly<Record<string, { version: string; chosenFor?: string }>>;

interface Live {
    /** Kubernetes version of the cluster; no cluster when absent. */
    readonly kubernetes?: string;
    readonly addOns?: Running;
}

const RECOMMENDED = "v9.0.0-eksbuild.9";

/** Versions that the add-ons of a cluster are given, by their names. */
async function versions(
    live: Live,
    change: Partial<AwsPlatformSettings["cluster"]> = {},
): Promise<Record<string, unknown>> {
    const answers = {
        "aws:eks/getClusters:getClusters": () => ({
            names: live.kubernetes === undefined ? [] : ["hysds-prod"],
        }),
        "aws:eks/getCluster:getCluster": () => ({
            version: live.kubernetes,
            vpcConfig: { endpointPublicAccess: true },
        }),
        "aws:eks/getAddonVersion:getAddonVersion": () => ({ version: RECOMMENDED }),
        "aws:eks/getAddon:getAddon": ({ addonName }: Record<string, unknown>) => {
            const running = live.addOns?.[String(addonName)];
            if (!running) {
                // The SDK takes the message from the details of the gRPC error.
                const details = `reading EKS Add-On (hysds-prod:${String(addonName)}): couldn't find resource`;
                throw Object.assign(new Error(details), { details });
            }
            const { version: addonVersion, chosenFor } = running;
            return {
                addonVersion,
                tags: chosenFor ? { "hysds.io/kubernetes-version": chosenFor } : {},
            };
        },
    };
    const open = { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] };
    const cluster = { ...awsPlatform().cluster, ...open, ...change };
    const settings = awsSettings({ platform: awsPlatform({ cluster }) });
    return given(await registered(() => void createPlatform(settings), undefined, answers));
}

function given(stack: Registered): Record<string, unknown> {
    const addOns = stack.ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs);
    const { kubeProxyAddonOptions, vpcCniOptions } = stack.inputs("eks:index:Cluster") as Record<
        string,
        Record<string, unknown>
    >;
    return {
        "kube-proxy": kubeProxyAddonOptions?.version,
        "vpc-cni": vpcCniOptions?.addonVersion,
        ...Object.fromEntries(
            addOns.map(({ addonName, addonVersion }): [string, unknown] => [
                String(addonName),
                addonVersion,
            ]),
        ),
    };
}

const NAMES = ["aws-ebs-csi-driver", "coredns", "kube-proxy", "metrics-server", "vpc-cni"];

function each<T>(value: T): Record<string, T> {
    return Object.fromEntries(NAMES.map((name) => [name, value]));
}

const KEPT = "v1.0.0-eksbuild.1";

describe("the versions of a cluster's add-ons", () => {
    it("are what EKS recommends, in a cluster that there is not yet", async () => {
        expect(await versions({})).toEqual(each(RECOMMENDED));
    });

    it("stay when EKS recommends others", async () => {
        const addOns = each({ version: KEPT, chosenFor: "1.35" });
        expect(await versions({ kubernetes: "1.35", addOns })).toEqual(each(KEPT));
    });

    it("stay where an earlier release of the program chose them", async () => {
        const addOns = each({ version: KEPT });
        expect(await versions({ kubernetes: "1.35", addOns })).toEqual(each(KEPT));
    });

    it("are what EKS recommends when Kubernetes is upgraded", async () => {
        const addOns = each({ version: KEPT, chosenFor: "1.34" });
        expect(await versions({ kubernetes: "1.34", addOns })).toEqual(each(RECOMMENDED));
    });

    it("are so too when an upgrade got no further than the control plane", async () => {
        const addOns = {
            ...each({ version: KEPT, chosenFor: "1.34" }),
            "kube-proxy": { version: KEPT, chosenFor: "1.35" },
        };
        expect(await versions({ kubernetes: "1.35", addOns })).toEqual({
            ...each(RECOMMENDED),
            "kube-proxy": KEPT,
        });
    });

    it("are what EKS recommends for one that is new to a cluster", async () => {
        const all = Object.entries(each({ version: KEPT, chosenFor: "1.35" }));
        const addOns = Object.fromEntries(all.filter(([name]) => name !== "coredns"));
        expect(await versions({ kubernetes: "1.35", addOns })).toEqual({
            ...each(KEPT),
            coredns: RECOMMENDED,
        });
    });

    it("are those of the setting", async () => {
        const addOns = each({ version: KEPT, chosenFor: "1.35" });
        const addonVersions = { "vpc-cni": "v1.2.3-eksbuild.4", coredns: "recommended" };
        expect(await versions({ kubernetes: "1.35", addOns }, { addonVersions })).toEqual({
            ...each(KEPT),
            "vpc-cni": "v1.2.3-eksbuild.4",
            coredns: RECOMMENDED,
        });
    });
});
