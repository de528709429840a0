import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { oneMinorAhead } from "../../../components/platform/aws/cluster-version";

describe("the Kubernetes version that a cluster is asked for", () => {
    it.each([
        ["a cluster that there is not yet", undefined, "1.36"],
        ["the version that runs", "1.35", "1.35"],
        ["the next version", "1.35", "1.36"],
        // EKS itself says whether it can go back.
        ["an older version", "1.35", "1.33"],
    ])("is the configured one for %s", (_, current, wanted) => {
        expect(oneMinorAhead("hysds-dev", wanted, current)).toBe(wanted);
    });

    it("is refused two minor versions ahead, with the command for the next one", () => {
        const ask = (): string => oneMinorAhead("hysds-dev", "1.35", "1.33");
        expect(ask).toThrow(pulumi.RunError);
        expect(ask).toThrow(
            "cluster hysds-dev runs 1.33: EKS upgrades one minor version at a time. " +
                "Run: pulumi config set hysds:kubernetesVersion 1.34",
        );
    });
});
