import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { isLeft, takesOver } from "../../../components/platform/aws/control-plane-logs";
import { registered } from "../../support/mocks";

const GROUP = "/aws/eks/hysds/cluster";

/** What becomes of the group's options in an account with these log groups and clusters. */
async function options(
    logGroupNames: readonly string[],
    clusters: readonly string[],
): Promise<pulumi.ResourceTransformResult | undefined> {
    let result: Promise<pulumi.ResourceTransformResult | undefined> | undefined;
    await registered(
        () => {
            result = takesOver(
                GROUP,
                isLeft(GROUP, "hysds", {}),
            )({
                custom: true,
                type: "aws:cloudwatch/logGroup:LogGroup",
                name: "hysds-control-plane",
                props: { name: GROUP },
                opts: { retainOnDelete: true },
            }) as typeof result;
        },
        undefined,
        {
            "aws:cloudwatch/getLogGroups:getLogGroups": () => ({ logGroupNames }),
            "aws:eks/getClusters:getClusters": () => ({ names: clusters }),
        },
    );
    return result;
}

describe("the log group of the control plane", () => {
    it("is imported, as it is, where an earlier stack has left it", async () => {
        expect((await options([GROUP], ["other"]))?.opts).toMatchObject({
            retainOnDelete: true,
            import: GROUP,
            ignoreChanges: expect.arrayContaining(["retentionInDays", "tags"]) as string[],
        });
    });

    it.each([
        ["where there is none", [`${GROUP}s`], []],
        ["of a cluster that is there", [GROUP], ["hysds"]],
    ])("is made or left alone %s", async (_, groups, clusters) => {
        expect(await options(groups, clusters)).toBeUndefined();
    });

    it("is made where nobody may look", async () => {
        let left: Promise<boolean> | undefined;
        const denied = (): never => {
            throw Object.assign(new Error("denied"), { details: "AccessDeniedException" });
        };
        const ask = (): void => {
            left = isLeft(GROUP, "hysds", {});
        };
        await registered(ask, undefined, { "aws:cloudwatch/getLogGroups:getLogGroups": denied });
        expect(await left).toBe(false);
    });
});
