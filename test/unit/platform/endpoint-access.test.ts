import * as k8s from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import {
    opensEndpoint,
    outOfEveryonesReach,
} from "../../../components/platform/aws/endpoint-access";
import { Settings } from "../../../components/settings/settings";
import { registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

const { cluster } = awsPlatform();
const NETWORKS = ["203.0.113.7/32"];

/** A stack that has no cluster yet. */
function newStack(changes: Partial<Settings>): Settings {
    return awsSettings({ namePrefix: "hysds-new", ...changes });
}

const closing = newStack({
    platform: awsPlatform({
        cluster: {
            ...cluster,
            endpointPublicAccess: true,
            endpointClosesAfterFirstUp: true,
            publicAccessCidrs: NETWORKS,
        },
    }),
});

describe("a public endpoint that closes after the first update", () => {
    it.each([
        ["is open while there is no cluster", undefined, false, true],
        ["stays open after an update that failed midway", true, false, true],
        ["is closed once everything was made", true, true, false],
        ["stays closed", false, true, false],
        ["is not opened on a cluster that was private before", false, false, false],
    ])("%s", (_, endpointPublicAccess, isRecorded, isOpen) => {
        const live =
            endpointPublicAccess === undefined
                ? undefined
                : { version: "1.35", endpointPublicAccess };
        expect(opensEndpoint(live, isRecorded)).toBe(isOpen);
    });

    it("admits the configured networks, and says what it is for", async () => {
        const stack = await registered(() => createPlatform(closing));
        expect(stack.inputs("eks:index:Cluster")).toMatchObject({
            endpointPrivateAccess: true,
            endpointPublicAccess: true,
            publicAccessCidrs: NETWORKS,
            clusterTags: { EndpointAccess: "open-for-first-up" },
        });
    });

    it("is recorded as used when everything in the cluster is there", async () => {
        const stack = await registered(() => {
            const platform = createPlatform(closing);
            new k8s.core.v1.ConfigMap("last", {}, { provider: platform.provider });
            platform.complete();
        });
        const record = stack.one("aws:ssm/parameter:Parameter");
        expect(record.inputs).toMatchObject({ name: "/hysds/hysds-new/first-up" });
        const last = stack.one("kubernetes:core/v1:ConfigMap", "last");
        expect(stack.ancestors(record)).toContain(last.urn);
    });
});

describe("a private endpoint", () => {
    it("of a cluster that the same update makes is refused with the choices", () => {
        const platform = awsPlatform();
        expect(outOfEveryonesReach("hysds-new", platform, undefined)).toEqual([
            expect.stringMatching(
                /nobody could reach[^]*endpointClosesAfterFirstUp[^]*hysds:vpcId/,
            ),
        ]);
        const live = { version: "1.35", endpointPublicAccess: false };
        expect(outOfEveryonesReach("hysds-new", platform, live)).toEqual([]);
    });

    it("is as it should be in a VPC that was there, or beside a cluster that is", async () => {
        const network = {
            kind: "existing" as const,
            vpcId: "vpc-1",
            privateSubnetIds: ["subnet-a", "subnet-b"],
            publicSubnetIds: [],
        };
        const given = newStack({ platform: awsPlatform({ network }) });
        for (const settings of [given, awsSettings()]) {
            const stack = await registered(() => createPlatform(settings).complete());
            expect(stack.inputs("eks:index:Cluster")).toMatchObject({
                name: settings.namePrefix,
                endpointPublicAccess: false,
            });
            expect(stack.ofType("aws:ssm/parameter:Parameter")).toEqual([]);
        }
    });
});
