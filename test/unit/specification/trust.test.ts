import { beforeAll, describe, expect, it } from "vitest";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";

interface Statement {
    readonly Effect: string;
    readonly Principal?: Readonly<Record<string, string>> | string;
    readonly Action: unknown;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Trusting {
    /** Type and name of the resource whose policy it is. */
    readonly of: string;
    readonly statement: Statement;
    readonly principal: string;
}

/**
 * Services that act in an account's name whoever asks them, so that a policy has to say for whom: the confused deputy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html). EC2 is none: it hands a role to the
 * account's own instances only.
 */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
    "LogResourcePolicy es.amazonaws.com": ["aws:SourceAccount"],
    "Role vpc-flow-logs.amazonaws.com": ["aws:SourceAccount"],
    "Role es.amazonaws.com": ["aws:SourceAccount", "aws:SourceArn"],
    "TopicPolicy cloudwatch.amazonaws.com": ["aws:SourceAccount", "aws:SourceArn"],
    "Key logs.us-west-2.amazonaws.com": ["kms:EncryptionContext:aws:logs:arn"],
    // AWS documents no condition for it; the topic's policy says whose alarms.
    "Key cloudwatch.amazonaws.com": [],
    "Role ec2.amazonaws.com": [],
    // As @pulumi/eks makes it. IAM lets nobody pass a role to another account.
    "Role eks.amazonaws.com": [],
};

function keysOf({ Condition = {} }: Statement): string[] {
    return Object.values(Condition).flatMap((test) => Object.keys(test));
}

/** Every statement of every policy document of a stack. */
function statements({ resources }: Evaluation): { of: string; statement: Statement }[] {
    return resources.flatMap(({ type, name, inputs }) =>
        Object.values(reveal(inputs) as Record<string, unknown>)
            .filter(
                (text): text is string => typeof text === "string" && text.includes("Statement"),
            )
            .flatMap((text) => (JSON.parse(text) as { Statement: Statement[] }).Statement)
            .map((statement) => ({ of: `${type.split(":").at(-1)} ${name}`, statement })),
    );
}

function trusting(stack: Evaluation, kind: "Service" | "Federated"): Trusting[] {
    return statements(stack).flatMap(({ of, statement }) => {
        const { Principal } = statement;
        const principal = typeof Principal === "object" ? Principal[kind] : undefined;
        return principal === undefined ? [] : [{ of, statement, principal }];
    });
}

describe("policies that trust somebody", () => {
    let stack: Evaluation;

    beforeAll(async () => {
        stack = await evaluated("prod", {
            "hysds:backups": "true",
            "hysds:autoscaling": "keda",
            "hysds:monitoring": "prometheus",
            "hysds:containerLogs": "cloudwatch",
        });
    }, 60_000);

    it("say for whom a service of AWS may act", () => {
        const found = trusting(stack, "Service");
        const seen = found.map(({ of, principal }) => `${of.split(" ")[0]} ${principal}`);
        expect(new Set(seen)).toEqual(new Set(Object.keys(CONDITIONS)));
        for (const { of, statement, principal } of found) {
            const wanted = CONDITIONS[`${of.split(" ")[0]} ${principal}`] ?? [];
            expect(keysOf(statement).sort(), of).toEqual([...wanted].sort());
        }
    });

    it("give a role to the one ServiceAccount that it is made for", () => {
        const found = trusting(stack, "Federated");
        expect(found.length).toBeGreaterThan(4);
        for (const { of, statement } of found) {
            const { StringEquals = {} } = statement.Condition ?? {};
            const keys = Object.keys(StringEquals).sort();
            expect(keys, of).toEqual([
                expect.stringMatching(/:aud$/),
                expect.stringMatching(/:sub$/),
            ]);
            expect(StringEquals[keys[0] ?? ""], of).toBe("sts.amazonaws.com");
            expect(StringEquals[keys[1] ?? ""], of).toMatch(
                /^system:serviceaccount:[^:*]+:[^:*]+$/,
            );
        }
        const subjects = found.map(({ statement }) => JSON.stringify(statement.Condition));
        expect(new Set(subjects).size).toBe(subjects.length);
    });

    it("let nobody be everybody: `*` is only refused", () => {
        const open = statements(stack).filter(
            ({ statement }) => statement.Effect === "Allow" && statement.Principal === "*",
        );
        expect(open).toEqual([]);
    });
});
