import { describe, expect, it } from "vitest";
import { loadBalancerAnnotations } from "../../../components/platform/aws/load-balancer";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

describe("loadBalancerAnnotations", () => {
    it("keeps a load balancer inside the VPC", () => {
        expect(loadBalancerAnnotations({ scheme: "internal", subnetIds: [], tags: {} })).toEqual({
            [`${PREFIX}type`]: "nlb",
            [`${PREFIX}internal`]: "true",
        });
    });

    it("exposes one only when asked in so many words", () => {
        expect(
            loadBalancerAnnotations({ scheme: "internet-facing", subnetIds: [], tags: {} }),
        ).toEqual({ [`${PREFIX}type`]: "nlb" });
    });

    it("terminates TLS on 443 and leaves other ports plain", () => {
        const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
        expect(
            loadBalancerAnnotations({
                scheme: "internal",
                certificateArn,
                subnetIds: [],
                tags: {},
            }),
        ).toMatchObject({
            [`${PREFIX}ssl-cert`]: certificateArn,
            [`${PREFIX}ssl-ports`]: "443",
        });
    });

    it("hands on tags, without those that the annotation cannot hold", () => {
        const tags = { project: "hysds", owners: "a,b", owner: "ops" };
        expect(loadBalancerAnnotations({ scheme: "internal", subnetIds: [], tags })).toMatchObject({
            [`${PREFIX}additional-resource-tags`]: "project=hysds,owner=ops",
        });
    });
});
