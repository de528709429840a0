import { beforeAll, describe, expect, it } from "vitest";
import { maxInlinePolicy, policyCharacters } from "../../../components/settings/limits/iam";
import { isCronSchedule } from "../../../components/settings/limits/cron";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";
import { errorOf, settingsOf } from "./pulumi-config";

const AWS = { "aws:region": "us-west-2" };

/** In two regions, each of which the policy names once more. */
const KEYS = ["us-west-2", "ap-southeast-3"].map(
    (region) => `arn:aws:kms:${region}:123456789012:key/mrk-${"0".repeat(32)}`,
);

/** Buckets with names of the greatest length, as many as are accepted. */
function buckets(): readonly string[] {
    const all = Array.from({ length: 300 }, (_, index) => `${"b".repeat(60)}${index + 100}`);
    const fit = all.findIndex(
        (_, count) => policyCharacters(all.slice(0, count + 1), KEYS) > maxInlinePolicy,
    );
    return all.slice(0, fit);
}

/** Tags of the stack's own making, as many as are accepted. */
function tags(): Readonly<Record<string, string>> {
    const all = Array.from({ length: 50 }, (_, index) => [`tag-${index}`, "x"] as const);
    const values = { ...AWS, "hysds:tags": JSON.stringify(Object.fromEntries(all)) };
    const refused = errorOf({ values, secretKeys: [] }).problems.length;
    return Object.fromEntries(all.slice(0, all.length - refused));
}

describe("a stack at the limits of AWS", () => {
    let evaluation: Evaluation;

    beforeAll(async () => {
        evaluation = await evaluated("prod", {
            datasetBuckets: JSON.stringify(buckets()),
            datasetKeyArns: JSON.stringify(KEYS),
            tags: JSON.stringify(tags()),
            autoscaling: "keda",
            monitoring: "prometheus",
            workers: JSON.stringify([{ name: "ingest", queue: "ingest", spot: true }]),
        });
    });

    function inputs({ inputs: given }: CapturedResource): Readonly<Record<string, unknown>> {
        return reveal(given) as Readonly<Record<string, unknown>>;
    }

    it("has no role whose inline policies are too long", () => {
        const lengths = new Map<unknown, number>();
        const policies = evaluation.resources.filter(({ type }) =>
            type.startsWith("aws:iam/rolePolicy:"),
        );
        for (const policy of policies) {
            const { role, policy: text } = inputs(policy);
            const characters = JSON.stringify(JSON.parse(text as string)).length;
            lengths.set(role, (lengths.get(role) ?? 0) + characters);
        }
        expect(policies.length).toBeGreaterThan(0);
        expect(Math.max(...lengths.values())).toBeLessThanOrEqual(maxInlinePolicy);
        // The bound is not so wide that a project would meet it long before AWS does.
        expect(Math.max(...lengths.values())).toBeGreaterThan(0.8 * maxInlinePolicy);
    });

    it("has no resource with more than 50 tags", () => {
        const counts = evaluation.resources
            .filter(({ type }) => type.startsWith("aws"))
            .map((resource) => Object.keys((inputs(resource).tags as object | undefined) ?? {}));
        expect(Math.max(...counts.map(({ length }) => length))).toBeGreaterThan(
            Object.keys(tags()).length,
        );
        counts.forEach((names) => expect(names.length).toBeLessThanOrEqual(50));
    });
});

describe("what is just right", () => {
    it.each([
        [
            "a--b on a cluster that is there",
            {
                "hysds:platform": "existing",
                "hysds:backends": "in-cluster",
                "hysds:namePrefix": "a--b",
            },
        ],
        [
            "forty networks",
            {
                ...AWS,
                "hysds:endpointPublicAccess": "true",
                "hysds:publicAccessCidrs": JSON.stringify(
                    Array.from({ length: 40 }, (_, index) => `198.51.100.${index}/32`),
                ),
            },
        ],
        [
            "KEDA that is there already, in kube-system",
            {
                "hysds:platform": "existing",
                "hysds:backends": "in-cluster",
                "hysds:autoscaling": "keda",
                "hysds:kedaInstall": "existing",
                "hysds:kedaNamespace": "kube-system",
            },
        ],
        [
            "a pool named like a node group, without nodes of its own",
            { ...AWS, "hysds:workers": JSON.stringify([{ name: "services", queue: "x" }]) },
        ],
    ])("is taken: %s", (_, values) => {
        expect(settingsOf({ values, secretKeys: [] }).stack).toBe("test");
    });
});

describe("a cron schedule", () => {
    it.each(["15 3 * * *", "*/5 0-12/3 1,15 * 1-5", "0 0 29 2 *", "5/20 * * * *", "0 1 31 2 1"])(
        "may be %s",
        (text) => expect(isCronSchedule(text)).toBe(true),
    );

    it.each([
        "60 * * * *",
        "* * 0 * *",
        "* * * 13 *",
        "*/0 * * * *",
        "* *  * *",
        "1- * * * *",
        "0 0 31 4,6 *",
    ])("may not be %s", (text) => expect(isCronSchedule(text)).toBe(false));
});
