import { describe, expect, it } from "vitest";
import { advise } from "../../../components/settings/topics";
import { ConfigurationError } from "../../../components/settings/configuration-error";
import { parseSettings } from "../../../components/settings/parse";
import { kubernetesVersions } from "../../../components/settings/limits/kubernetes";
import { settingsOf } from "./pulumi-config";

function advice(config: Readonly<Record<string, string>>, today = "2026-06-01"): string {
    const values = { "aws:region": "us-west-2", ...config };
    return advise(settingsOf({ values, secretKeys: [] }), new Date(today)).join("\n");
}

describe("advice", () => {
    it("is not given where nothing is doubtful", () => {
        expect(advice({})).toBe("");
    });

    it.each([
        ["2026-09-01", ""],
        ["2026-11-01", "EKS ends standard support of Kubernetes 1.34 on 2026-12-02"],
        ["2027-01-01", "EKS ended standard support of Kubernetes 1.34 on 2026-12-02"],
    ])("on %s about Kubernetes 1.34 is: %s", (today, words) => {
        const given = advice({ "hysds:kubernetesVersion": "1.34" }, today);
        expect(words === "" ? given : given.slice(0, words.length)).toBe(words);
    });

    it("says that EKS upgrades a cluster whose support is to end with the standard", () => {
        const given = (support: string): string =>
            advice(
                { "hysds:kubernetesVersion": "1.34", "hysds:eksSupportType": support },
                "2026-11-01",
            );
        expect(given("STANDARD")).toContain("then it upgrades the control plane by itself");
        expect(given("EXTENDED")).toContain("after that the control plane costs extra");
    });

    it("points at ranges for documentation", () => {
        const given = advice({
            "hysds:endpointPublicAccess": "true",
            "hysds:publicAccessCidrs": '["203.0.113.0/24"]',
        });
        expect(given).toContain("pulumi config set --path 'hysds:publicAccessCidrs[0]'");
    });

    it("becomes a refusal where things are made", () => {
        const values = {
            "aws:region": "us-west-2",
            "hysds:endpointPublicAccess": "true",
            "hysds:publicAccessCidrs": '["203.0.113.0/24"]',
        };
        expect(parseSettings(values, "dev", [], false)).not.toBeInstanceOf(ConfigurationError);
        const refused = parseSettings(values, "dev", [], true) as ConfigurationError;
        expect(refused.problems.map(({ key }) => key)).toEqual(["hysds:publicAccessCidrs[0]"]);
        expect(refused.message).toContain("checkip.amazonaws.com");
    });

    it("points at a broker that takes few connections", () => {
        expect(advice({ "hysds:rabbitmqInstanceType": "mq.m7g.medium" })).toContain(
            "100 connections",
        );
    });
});

describe("advice on a dataset", () => {
    it.each<Readonly<Record<string, string>>>([
        { "hysds:platform": "aws" },
        { "hysds:platform": "existing", "hysds:backends": "in-cluster" },
    ])("that is published into a pod's own files is given on %o", (stack) => {
        const at = (location: string) => {
            const publish = { location, urls: [location] };
            const dataset = {
                ipath: "a::data/b",
                type: "b",
                match_pattern: "/(?P<id>b-.+)$",
                publish,
            };
            return advice({ ...stack, "hysds:datasets": JSON.stringify([dataset]) });
        };
        expect(at("file:///data/published/{id}")).toContain("hysds:datasets[0].publish.location");
        expect(at("https://data.example.org/{id}")).toBe("");
    });
});

describe("dates of support", () => {
    it.each(Object.entries(kubernetesVersions))("of Kubernetes %s are a year apart", (_, dates) => {
        const [standard, extended] = [new Date(dates.standardUntil), new Date(dates.extendedUntil)];
        expect(extended.getUTCFullYear() - standard.getUTCFullYear()).toBe(1);
        expect(dates.extendedUntil.slice(4)).toBe(dates.standardUntil.slice(4));
    });
});
