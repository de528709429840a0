import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
    isStateful,
    restoredResources,
    StateFixture,
    stateFixtures,
} from "../support/state-fixture";
import { AwsStack, openAwsStack } from "./support/aws-stack";
import { changedResources, Run, visitedResources } from "./support/stack";

/** Every version one step on, each by the key that an operator changes. */
const newerVersions = {
    "hysds:kubernetesVersion": "1.36",
    "hysds:searchEngineVersion": "3.1",
    "hysds:redisEngineVersion": "9.0",
    "hysds:rabbitmqEngineVersion": "4.2",
};

const CLUSTER = "aws:eks/cluster:Cluster";

/** Types that an upgrade of every version changes. */
const upgraded = [
    CLUSTER,
    "aws:eks/nodeGroup:NodeGroup",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:mq/broker:Broker",
    "aws:opensearch/domain:Domain",
];

/** Puts the state that an earlier release left in the place of the stack's own. */
async function restore({ stack }: AwsStack, fixture: StateFixture): Promise<void> {
    const empty = await stack.stack.exportStack();
    const resources = restoredResources(fixture);
    await stack.stack.importStack({
        ...empty,
        deployment: { ...(empty.deployment as object), resources },
    });
}

/** Everything that a preview would replace or delete among what holds data. */
function losses(preview: Run, { resources }: StateFixture): [string, string][] {
    const urns = new Set(resources.filter(isStateful).map(({ urn }) => urn));
    return [...changedResources(preview)].filter(
        ([urn, operation]) => urns.has(urn) && operation !== "update",
    );
}

/** Has a narrower policy than in the first release: another attachment, made before the former one is taken away. */
const NARROWED = /::hysds-\w+-add-ons-ebs-csi$/;

/** IAM roles, and what is attached to them, that a preview would replace or delete. */
function lostRoles(preview: Run): [string, string][] {
    return [...changedResources(preview)].filter(
        ([urn, operation]) =>
            /aws:iam\/role(PolicyAttachment)?:\w+::/.test(urn) &&
            !NARROWED.test(urn) &&
            /replace|delete/.test(operation),
    );
}

/** Types of the resources that a preview would update in place. */
function updatedTypes(preview: Run): Set<string> {
    const updates = [...changedResources(preview)].filter(
        ([, operation]) => operation === "update",
    );
    return new Set(updates.map(([urn]) => urn.split("::")[2]?.split("$").at(-1) ?? ""));
}

describe.sequential.each(stateFixtures())("stack $stack as release $release left it", (fixture) => {
    let opened: AwsStack;

    beforeAll(async () => {
        opened = await openAwsStack(fixture.stack);
        await restore(opened, fixture);
    });
    afterAll(() => opened.close());

    it("goes to this release without replacing or deleting what holds data", async () => {
        const preview = await opened.stack.preview();
        const kept = fixture.resources.filter(isStateful).map(({ urn }) => urn);
        expect([...visitedResources(preview)]).toEqual(expect.arrayContaining(kept));
        expect(losses(preview, fixture)).toEqual([]);
        expect(lostRoles(preview)).toEqual([]);
    });

    it("takes a newer version of Kubernetes and of every engine in place", async () => {
        await opened.stack.configure(newerVersions);
        const preview = await opened.stack.preview();
        expect(losses(preview, fixture)).toEqual([]);
        expect([...updatedTypes(preview)]).toEqual(expect.arrayContaining(upgraded));
    });

    it("refuses to skip a minor version of Kubernetes before anything is changed", async () => {
        const clusters = fixture.resources.filter(({ type }) => type === CLUSTER);
        for (const { inputs, id } of clusters) {
            opened.simulation.adopt(CLUSTER, { ...inputs, version: "1.34" }, id);
        }
        expect(clusters).toHaveLength(1);
        await expect(opened.stack.preview()).rejects.toThrow(/one minor version at a time/);
        await opened.stack.configure({ "hysds:kubernetesVersion": "1.35" });
    });

    it("shows the loss, or refuses it where stores are protected, when a search domain cannot go there", async () => {
        await opened.stack.configure({ "hysds:searchEngineVersion": "2.17" });
        const preview = opened.stack.preview();
        if (fixture.resources.some(({ protect }) => protect)) {
            await expect(preview).rejects.toThrow(/domain:Domain[^]*marked for protection/);
        } else {
            const lost = losses(await preview, fixture).map(([urn]) => urn);
            expect(lost.join()).toMatch(/aws:opensearch\/domain:Domain/);
        }
    });
});
