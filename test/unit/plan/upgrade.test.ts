import { describe, expect, it } from "vitest";
import { CapturedResource } from "../../../workshop/plan/evaluation";
import { rowOf } from "../../../workshop/aws-simulation/resources";
import { evaluated } from "../../support/evaluated";
import { NOT_A_SECRET } from "../../support/state-export";
import {
    isStateful,
    StateFixture,
    StateResource,
    stateFixtures,
} from "../../support/state-fixture";

/** What a provider registers inside of its own components, such as the subnets of a VPC, which no evaluation sees. */
function isInsideProvider({ urn }: StateResource): boolean {
    return /(awsx|eks):[^$]*\$/.test(urn.split("::")[2] ?? "");
}

/** The resource that takes the place of one of an earlier release, by URN or by an alias. */
function successor(
    { urn }: StateResource,
    resources: readonly CapturedResource[],
): CapturedResource | undefined {
    return resources.find(
        (resource) => resource.urn === urn || resource.options.aliases.includes(urn),
    );
}

function stores({ resources }: StateFixture): StateResource[] {
    return resources.filter((resource) => isStateful(resource) && !isInsideProvider(resource));
}

describe.each(stateFixtures())(
    "the state of stack $stack as release $release left it",
    (fixture) => {
        const evaluation = evaluated(fixture.stack);

        it("has its databases, its network, its cluster and its passwords in the program", async () => {
            const { resources } = await evaluation;
            const lost = stores(fixture).filter((store) => !successor(store, resources));
            expect(stores(fixture).length).toBeGreaterThan(8);
            expect(lost.map(({ urn }) => urn)).toEqual([]);
        });

        it("has them under the physical names that they have in AWS", async () => {
            const { resources } = await evaluation;
            for (const store of stores(fixture)) {
                const inputs = successor(store, resources)?.inputs ?? {};
                for (const name of rowOf(store.type).unique?.by ?? []) {
                    expect(inputs[name], `${name} of ${store.urn}`).toBe(store.inputs?.[name]);
                }
            }
        });

        it("keeps them protected where it was", async () => {
            const { resources } = await evaluation;
            for (const store of stores(fixture).filter(({ protect }) => protect)) {
                expect(successor(store, resources)?.options.protect, store.urn).toBe(true);
            }
        });

        it("holds no secret that ever was one", () => {
            const texts = [...JSON.stringify(fixture).matchAll(/"plaintext":"((?:[^"\\]|\\.)*)"/g)];
            expect(texts.length).toBeGreaterThan(4);
            for (const [, plaintext = ""] of texts) {
                expect(plaintext).toContain(NOT_A_SECRET);
            }
            // Of what begins like a key in PEM, plain or in base64, only certificates are for everybody.
            expect(JSON.stringify(fixture)).not.toMatch(
                /BEGIN(?! CERTIFICATE)|LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR)|client-key-data/,
            );
        });
    },
);
