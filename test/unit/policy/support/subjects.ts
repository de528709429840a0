import type { PolicyPackConfig } from "@pulumi/policy";
import { CapturedResource } from "../../../../workshop/plan/evaluation";
import { reveal } from "../../../../workshop/plan/secret";
import { configurationOf } from "../../../../policy/policies";
import { Environment } from "../../../../policy/rule";
import { rules } from "../../../../policy/rules";
import { evaluated } from "../../../support/evaluated";
import { Answer, PolicyPackProcess, Subject } from "../../../support/policy-pack";

/** The day on which the tests judge end-of-support dates. */
export const TEST_DAY = "2026-11-24";

/** A value that is known only after `pulumi up`, as the engine marks it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a stack is made of, as the engine shows it to a policy pack. */
export async function subjectsOf(
    stack: string,
    overrides: Readonly<Record<string, string>> = {},
): Promise<Subject[]> {
    const { resources } = await evaluated(stack, overrides);
    return resources.filter(({ existing }) => !existing).map(subjectOf);
}

function subjectOf(resource: CapturedResource): Subject {
    const { type, name, urn, options } = resource;
    const properties = reveal(resource.inputs) as Record<string, unknown>;
    return {
        type,
        name,
        urn,
        properties,
        protect: options.protect,
        provider: options.provider?.split("::").at(-1),
    };
}

/** The environment's own configuration, judged on the test day. */
export function configurationFor(environment: Environment): PolicyPackConfig {
    const entries = Object.entries(configurationOf(rules, environment)).map(([name, entry]) => {
        const judged = typeof entry === "object" && "asOf" in entry;
        return [name, judged ? { ...entry, asOf: TEST_DAY } : entry];
    });
    return Object.fromEntries(entries) as PolicyPackConfig;
}

const resourceRules = rules.filter(({ stackCheck }) => !stackCheck).map(({ name }) => name);

/** Everything that the pack says of a stack: of each resource, and of the whole. */
export async function examine(
    pack: PolicyPackProcess,
    subjects: readonly Subject[],
    analyzed: readonly Subject[] = subjects,
): Promise<Answer> {
    const answers: Answer[] = [];
    for (const subject of analyzed) {
        answers.push(await pack.analyze(subject));
    }
    const ofStack = await pack.analyzeStack(subjects);
    return {
        diagnostics: [...answers, ofStack].flatMap(({ diagnostics }) => diagnostics),
        // Not for any of them.
        notApplicable: answers
            .map(({ notApplicable }) => notApplicable)
            .reduce((common, more) => common.filter((name) => more.includes(name)), resourceRules),
    };
}
