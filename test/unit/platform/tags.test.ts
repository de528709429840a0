import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { tagging } from "../../../components/platform/aws/tags";

/** Tags that a VPC component is given, by those that the program names. */
function tagsOf(own: unknown): unknown {
    const transformation = tagging({ Project: "hysds", Stack: "dev" });
    const props = { tags: own };
    const resource = undefined as unknown as pulumi.Resource;
    const result = transformation({
        type: "awsx:ec2:Vpc",
        name: "net",
        props,
        opts: {},
        resource,
    });
    return result?.props.tags;
}

describe("the stack's tags", () => {
    it.each([
        [undefined, { Project: "hysds", Stack: "dev" }],
        [
            { Name: "net", Stack: "mine" },
            { Project: "hysds", Stack: "mine", Name: "net" },
        ],
    ])("are a plain map beside %j, which components can spread", (own, merged) => {
        expect(tagsOf(own)).toEqual(merged);
    });

    it("wait for tags that are not there yet", async () => {
        const merged = tagsOf(pulumi.output({ Name: "net" })) as pulumi.Output<unknown>;
        const value = await new Promise((resolve) => merged.apply(resolve));
        expect(value).toEqual({ Project: "hysds", Stack: "dev", Name: "net" });
    });
});
