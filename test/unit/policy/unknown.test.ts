import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PolicyPackProcess, Subject } from "../../support/policy-pack";
import { Draft } from "./support/draft";
import { extras } from "./support/extras";
import { allow } from "./support/mutation";
import { UNKNOWN, configurationFor, subjectsOf } from "./support/subjects";
import { DEPLOYMENT, JOB, PASSWORD, ROLE_POLICY, TEMPLATE } from "./support/types";

/** Every place in a value, as `Draft.set` takes it, down to a depth. */
function places(value: unknown, depth: number, outer: string[] = []): string[][] {
    if (typeof value !== "object" || value === null || depth === 0) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => [
        [...outer, key],
        ...places(inner, depth - 1, [...outer, key]),
    ]);
}

describe("the policy pack on values that are not known before pulumi up", () => {
    let pack: PolicyPackProcess;
    let stack: readonly Subject[];

    beforeAll(async () => {
        pack = await PolicyPackProcess.start();
        await pack.configure(configurationFor("prod"));
        stack = [...(await subjectsOf("prod")), ...extras];
    }, 60_000);
    afterAll(() => pack.stop());

    it("neither fails nor refuses, whichever value it is", async () => {
        const oneOfEachType = new Map(stack.map((subject) => [subject.type, subject]));
        for (const subject of oneOfEachType.values()) {
            for (const place of places(subject.properties, 4)) {
                const [unknown] = new Draft([subject]).set(subject.type, place, UNKNOWN).all();
                const { diagnostics } = await pack.analyze(unknown as Subject);
                for (const { level, message } of diagnostics) {
                    expect(level, `${subject.type} ${place.join(".")}: ${message}`).toBe(
                        "advisory",
                    );
                    expect(message).toContain("cannot tell before up");
                }
            }
        }
    });

    it("does not fail on the stack as a whole either", async () => {
        const unknown = stack.map((subject) => {
            const keys = Object.keys(subject.properties);
            const properties = Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
            return { ...subject, properties };
        });
        const { diagnostics } = await pack.analyzeStack(unknown);
        expect(diagnostics.map(({ level }) => level)).not.toContain("mandatory");
        expect(diagnostics.map(({ rule }) => rule)).toEqual(
            expect.arrayContaining(["default-deny-ingress", "disruption-budget"]),
        );
    });

    it("tells that a policy document decides later", async () => {
        const [role] = new Draft(stack).set(ROLE_POLICY, "policy", UNKNOWN).changed();
        const { diagnostics } = await pack.analyze(role as Subject);
        expect(diagnostics.map(({ rule }) => rule).sort()).toEqual([
            "no-wildcard-actions",
            "pass-role-restricted",
        ]);
        expect(diagnostics[0]?.message).toContain("cannot tell before up: .policy");
    });

    it("decides by the statements of a policy document that are known", async () => {
        const document = JSON.stringify({
            Statement: [
                { Effect: "Allow", Action: UNKNOWN, Resource: UNKNOWN },
                ...[JSON.parse(allow({ Action: "s3:*" })) as { Statement: object }].map(
                    ({ Statement }) => Statement,
                ),
            ],
        });
        const [role] = new Draft(stack).set(ROLE_POLICY, "policy", document).changed();
        const { diagnostics } = await pack.analyze(role as Subject);
        const ofRule = diagnostics.filter(({ rule }) => rule === "no-wildcard-actions");
        expect(ofRule.map(({ level }) => level).sort()).toEqual(["advisory", "mandatory"]);
    });

    it("decides by the elements of a list that are known", async () => {
        const [template] = new Draft(stack)
            .set(TEMPLATE, "blockDeviceMappings", [
                { deviceName: "/dev/xvda", ebs: { encrypted: UNKNOWN } },
                { deviceName: "/dev/xvdb", ebs: { encrypted: "false" } },
            ])
            .changed();
        const { diagnostics } = await pack.analyze(template as Subject);
        expect(diagnostics.map(({ level }) => level).sort()).toEqual(["advisory", "mandatory"]);
    });

    it("decides by one container when another is not known", async () => {
        const [job] = new Draft(stack)
            .set(JOB, "spec.template.spec.initContainers", UNKNOWN)
            .set(JOB, "spec.template.spec.containers.0.securityContext.privileged", true)
            .changed();
        const { diagnostics } = await pack.analyze(job as Subject);
        const refused = diagnostics.filter(({ level }) => level === "mandatory");
        expect(refused.map(({ rule }) => rule)).toEqual(["no-privileged-containers"]);
    });

    it("takes a value that is given but not known for given", async () => {
        const redis = new Draft(stack).set(
            "aws:elasticache/replicationGroup:ReplicationGroup",
            "authToken",
            UNKNOWN,
        );
        const { diagnostics } = await pack.analyze(redis.changed()[0] as Subject);
        expect(diagnostics).toEqual([]);
    });

    it("finds a secret that is known although another is not", async () => {
        const draft = new Draft(stack)
            .set(PASSWORD, "result", UNKNOWN)
            .add({
                type: PASSWORD,
                name: "known",
                urn: "urn:pulumi:prod::hysds::random::known",
                properties: { length: 32, result: "the known secret" },
                protect: false,
            })
            .set(DEPLOYMENT, "spec.template.metadata.annotations", { note: "the known secret" });
        const { diagnostics } = await pack.analyzeStack(draft.all());
        const ofRule = diagnostics.filter(({ rule }) => rule === "secrets-stay-secret");
        expect(ofRule.map(({ level }) => level).sort()).toEqual(["advisory", "mandatory"]);
        expect(ofRule.map(({ message }) => message).join()).not.toContain("the known secret");
    });
});
