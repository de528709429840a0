import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineEvent } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { rules } from "../../policy/rules";
import { AwsSimulation, startAwsSimulation } from "../../workshop/aws-simulation";
import { StackUnderTest } from "./support/stack";

const PACK = path.resolve(__dirname, "../../policy");

/** A configuration that the program accepts and rules refuse, for each stack. */
const seeds = {
    local: {
        refusedBy: ["no-credential-in-annotation", "no-credential-in-environment"],
        config: {
            "hysds:workers[0].name": "verdi",
            // It has the form of an AWS access key, and reaches the workers' command line and an annotation.
            "hysds:workers[0].queue": "AKIAQ3EGRZ7K2MX4WPLD",
        },
    },
    dev: {
        refusedBy: ["cluster-endpoint-restricted"],
        config: { "hysds:allowInternet": "true", "hysds:publicAccessCidrs[0]": "0.0.0.0/0" },
    },
    prod: {
        refusedBy: ["redis-backups"],
        config: { "hysds:redisSnapshotRetentionDays": "1" },
    },
};

/** What policies said in one preview. */
class PolicyEvents {
    private readonly events: EngineEvent[] = [];

    readonly listen = (event: EngineEvent): void => void this.events.push(event);

    mandatory(): { readonly rule: string; readonly message: string }[] {
        return this.events.flatMap(({ policyEvent }) =>
            policyEvent?.enforcementLevel === "mandatory"
                ? [{ rule: policyEvent.policyName, message: policyEvent.message }]
                : [],
        );
    }

    advice(): string[] {
        return this.events.flatMap(({ policyEvent }) =>
            policyEvent && policyEvent.enforcementLevel !== "mandatory"
                ? [policyEvent.message]
                : [],
        );
    }
}

describe.sequential.each(["local", "dev", "prod"] as const)("policies on the %s stack", (name) => {
    let simulation: AwsSimulation | undefined;
    let stack: StackUnderTest;

    beforeAll(async () => {
        const kubeconfig = inject("kubeconfig");
        if (name !== "local") {
            simulation = await startAwsSimulation({
                kubeconfig: await fs.readFile(kubeconfig, "utf8"),
            });
        }
        stack = await StackUnderTest.open({
            name,
            env: simulation?.env ?? { KUBECONFIG: kubeconfig },
        });
    });
    afterAll(async () => {
        await stack.dispose();
        await simulation?.stop();
    });

    it("have nothing against it, or cannot tell yet", async () => {
        const said = new PolicyEvents();
        await stack.preview({ policyPacks: [PACK], onEvent: said.listen });
        expect(said.mandatory()).toEqual([]);
        for (const message of said.advice()) {
            expect(message).toContain("cannot tell before up");
        }
    });

    it("refuse a violation, and say which rule, why, and what to do", async () => {
        const { refusedBy, config } = seeds[name];
        await stack.configure(config);
        const said = new PolicyEvents();
        const refused = stack.preview({
            policyPacks: [PACK],
            policyPackConfigs: [path.join(PACK, "environments", `${name}.json`)],
            onEvent: said.listen,
        });
        await expect(refused).rejects.toThrow(refusedBy[0]);
        const violations = said.mandatory();
        expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(refusedBy);
        for (const { rule, message } of violations) {
            const definition = rules.find((one) => one.name === rule)?.definition;
            expect(message).toContain(definition?.description);
            expect(message).toContain(definition?.fix);
        }
    });
});
