import { z } from "zod";
import {
    policyCharacters,
    maxInlinePolicy,
    maxManagedPolicies,
    managedPolicy,
} from "../limits/iam";
import { Finding, remove, repeated, Rule, rule } from "../rule";
import type { Values } from "../schema";
import { inPartition } from "./partition";

/** Of one service: `*` alone, and what is not known by its service, is refused. */
const action = z
    .string()
    .regex(/^[a-z0-9-]+:[A-Za-z0-9*?]+$/)
    .meta({
        allowed: "an action of one service, such as s3:GetObject",
        example: "s3:GetObject",
    });

const resource = z
    .string()
    .regex(/^(\*|arn:(aws|aws-us-gov|aws-cn):[a-z0-9-]+:[^:\s]*:[^:\s]*:\S+)$/)
    .meta({
        allowed: "an ARN, or *",
        example: "arn:aws:s3:::my-project-ancillary/*",
    });

const actions = z.union([action, z.array(action).min(1)]).meta({
    allowed: "an action of one service, such as s3:GetObject, or several",
    example: "s3:GetObject",
});

const resources = z.union([resource, z.array(resource).min(1)]).meta({
    allowed: "an ARN, *, or several",
    example: "arn:aws:s3:::my-project-ancillary/*",
});

/** What a statement may say. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
const statement = z.strictObject({
    Effect: z.enum(["Allow", "Deny"]).default("Allow"),
    Action: actions,
    Resource: resources,
    Condition: z
        .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
        .optional()
        .meta({ allowed: "operators, their keys, and values as text" }),
});

/** Fields of a worker pool about what its jobs may do in AWS. */
export const jobRightFields = {
    jobPolicyArns: z
        .array(
            z.string().regex(managedPolicy).meta({
                allowed: "arn:<aws|aws-us-gov|aws-cn>:iam::<account or aws>:policy/<name>",
                example: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
            }),
        )
        .min(1)
        .max(maxManagedPolicies)
        .optional()
        .meta({ allowed: `ARNs of IAM policies, at most ${maxManagedPolicies}` }),
    jobStatements: z
        .array(statement)
        .min(1)
        .optional()
        .meta({ allowed: "IAM statements with Action and Resource, and Effect and Condition" }),
};

type Pool = Values["workers"][number];

/** What jobs may do in AWS, in IAM's own words. */
export type JobStatement = NonNullable<Pool["jobStatements"]>[number];

/** Whether the jobs of a pool may do what those of no other pool may. */
export function hasOwnRights({ jobPolicyArns, jobStatements }: Pool): boolean {
    return jobPolicyArns !== undefined || jobStatements !== undefined;
}

/** Which part of a list an index is, and the list itself where nothing would be left of it. */
function element(list: readonly unknown[], at: string, index: number): string {
    return list.length > 1 ? `${at}[${index}]` : at;
}

function policyFindings(
    { jobPolicyArns = [] }: Pool,
    pool: string,
    region: string | undefined,
): readonly Finding[] {
    const at = `${pool}.jobPolicyArns`;
    const twice = repeated(jobPolicyArns).map((index) => ({
        at: `${at}[${index}]`,
        reason: "it is in the list twice",
        fixes: [remove(`${at}[${index}]`)],
    }));
    const each = jobPolicyArns.flatMap((arn, index): readonly Finding[] =>
        arn.endsWith(":iam::aws:policy/AdministratorAccess")
            ? [
                  {
                      at: `${at}[${index}]`,
                      reason: "it lets a job do everything in the account",
                      allowed: "policies of what the jobs need",
                      fixes: [remove(element(jobPolicyArns, at, index))],
                  },
              ]
            : inPartition(`${at}[${index}]`, arn, region),
    );
    return [...twice, ...each];
}

function statementFindings(
    { jobStatements = [] }: Pool,
    pool: string,
    region: string | undefined,
): readonly Finding[] {
    return jobStatements.flatMap((given, index) => {
        const at = `${pool}.jobStatements[${index}]`;
        const named = [given.Resource].flat();
        const wide = [given.Action].flat().find((name) => /:\*+$/.test(name));
        const everything = given.Effect === "Allow" && named.includes("*") ? wide : undefined;
        return [
            ...(everything === undefined
                ? []
                : [
                      {
                          at,
                          reason: `it allows ${everything} on everything`,
                          allowed: "actions by name, or resources by ARN",
                          fixes: [remove(element(jobStatements, `${pool}.jobStatements`, index))],
                      },
                  ]),
            ...named.flatMap((arn, place) =>
                inPartition(
                    `${at}.Resource${Array.isArray(given.Resource) ? `[${place}]` : ""}`,
                    arn === "*" ? "" : arn,
                    region,
                ),
            ),
        ];
    });
}

function tooLong({ datasetBuckets, datasetKeyArns, workers }: Values): readonly Finding[] {
    return workers.flatMap(({ jobStatements }, index) => {
        const own = jobStatements === undefined ? 0 : JSON.stringify(jobStatements).length;
        const characters = own + policyCharacters(datasetBuckets, datasetKeyArns);
        return own === 0 || characters <= maxInlinePolicy
            ? []
            : [
                  {
                      at: `workers[${index}].jobStatements`,
                      reason: `with what all jobs may do the policy would have ${characters} characters, and AWS takes ${maxInlinePolicy}`,
                      allowed: "fewer statements, or a policy of the account in jobPolicyArns",
                      fixes: [remove(`workers[${index}].jobStatements`)],
                  },
              ];
    });
}

/** Rules about what the jobs of a pool may do in AWS. */
export const jobRightRules: readonly Rule[] = [
    rule("job-policies-can-be-so", ["workers"], ({ workers }, { region }) =>
        workers.flatMap((pool, index) => policyFindings(pool, `workers[${index}]`, region)),
    ),
    rule("job-statements-are-narrow", ["workers"], ({ workers }, { region }) =>
        workers.flatMap((pool, index) => statementFindings(pool, `workers[${index}]`, region)),
    ),
    rule("job-statements-fit-a-policy", ["workers", "datasetBuckets", "datasetKeyArns"], tooLong),
];
