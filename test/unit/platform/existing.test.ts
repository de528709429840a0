import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { ExistingPlatformSettings, Settings } from "../../../components/settings/settings";
import { registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";

function onExistingCluster(changes: Partial<ExistingPlatformSettings>): Settings {
    return awsSettings({
        platform: { kind: "existing", clusterDomain: "cluster.local", ...changes },
    });
}

describe("a stack on an existing cluster", () => {
    it("creates namespaces and ServiceAccounts, and nothing on AWS", async () => {
        const stack = await registered(() => {
            const platform = createPlatform(onExistingCluster({}));
            const namespace = platform.namespace("hysds", "restricted");
            platform.identityFor("verdi", {
                namespace,
                grants: [
                    { grant: "use-buckets", content: "Datasets", buckets: ["datasets"], keys: [] },
                ],
            });
        });
        expect(stack.all.filter(({ type }) => type.startsWith("aws"))).toEqual([]);
        expect(stack.inputs("kubernetes:core/v1:ServiceAccount")).toMatchObject({
            automountServiceAccountToken: false,
            metadata: { name: "verdi", namespace: "hysds" },
        });
    });

    it("uses the given kubeconfig, secret, and context", async () => {
        const stack = await registered(() => {
            const kubeconfig = pulumi.secret("apiVersion: v1 # token");
            createPlatform(onExistingCluster({ kubeconfig, context: "minikube" }));
        });
        const provider = stack.one("pulumi:providers:kubernetes");
        expect(provider.inputs.context).toBe("minikube");
        expect(String(provider.inputs.kubeconfig)).toBe("<secret>");
        expect(stack.inputs("pulumi:providers:kubernetes").kubeconfig).toBe(
            "apiVersion: v1 # token",
        );
    });

    it("leaves the kubeconfig to the environment when none is given", async () => {
        const stack = await registered(() => {
            createPlatform(onExistingCluster({}));
        });
        expect(stack.inputs("pulumi:providers:kubernetes")).not.toHaveProperty("kubeconfig");
    });

    it("places pods and volumes as the cluster itself does", async () => {
        await registered(() => {
            const platform = createPlatform(onExistingCluster({}));
            expect(platform.jobPlacement).toEqual({});
            expect(platform.servicePlacement).toEqual({});
            expect(platform.storageClass).toBeUndefined();
            expect(platform.loadBalancerAnnotations({ scheme: "internal" })).toEqual({});
        });
    });
});
