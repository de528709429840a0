import { describe, expect, it } from "vitest";
import { requirementsOf, SET } from "../../../components/settings/requires";
import { isKey, keys, schema } from "../../../components/settings/schema";
import { errorOf } from "./pulumi-config";

const needed = keys.flatMap((key) =>
    requirementsOf(schema.shape[key]).flatMap((requirement) =>
        Object.entries(requirement).map(([name, value]) => ({ key, name, value })),
    ),
);

describe("what a key needs", () => {
    it.each(needed)("is there: $key needs $name", ({ key, name, value }) => {
        expect(isKey(name) && name !== key).toBe(true);
        const values: readonly unknown[] = Array.isArray(value) ? value : [value];
        values
            .filter((one) => one !== SET)
            .forEach((one) =>
                expect(isKey(name) && schema.shape[name].safeParse(one).success).toBe(true),
            );
    });

    it("is named with the value that is in its way", () => {
        const { message } = errorOf({
            values: { "aws:region": "us-west-2", "hysds:kedaChartVersion": "2.19.0" },
            secretKeys: [],
        });
        expect(message).toContain(
            [
                "  hysds:kedaChartVersion is 2.19.0: it does nothing while autoscaling is none.",
                "    Allowed: its default (2.20.2), or autoscaling keda and kedaInstall helm.",
                "    pulumi config rm hysds:kedaChartVersion --stack test",
            ].join("\n"),
        );
    });
});
