import { text } from "../resources/row";
import { Properties, UNKNOWN } from "../wire/values";
import { Rule, RuleContext } from "./rule";

/** Where each type keeps a policy document; `assume` policies grant on the role itself and so name no resource. */
const DOCUMENTS: readonly {
    readonly type: string;
    readonly property: string;
    readonly kind: "identity" | "assume" | "resource";
}[] = [
    { type: "aws:iam/role:Role", property: "assumeRolePolicy", kind: "assume" },
    { type: "aws:iam/policy:Policy", property: "policy", kind: "identity" },
    { type: "aws:iam/rolePolicy:RolePolicy", property: "policy", kind: "identity" },
    { type: "aws:opensearch/domain:Domain", property: "accessPolicies", kind: "resource" },
    { type: "aws:elasticsearch/domain:Domain", property: "accessPolicies", kind: "resource" },
    {
        type: "aws:opensearch/domainPolicy:DomainPolicy",
        property: "accessPolicies",
        kind: "resource",
    },
    {
        type: "aws:elasticsearch/domainPolicy:DomainPolicy",
        property: "accessPolicies",
        kind: "resource",
    },
    { type: "aws:kms/key:Key", property: "policy", kind: "resource" },
    { type: "aws:s3/bucketPolicy:BucketPolicy", property: "policy", kind: "resource" },
    { type: "aws:sns/topic:Topic", property: "policy", kind: "resource" },
    { type: "aws:sqs/queue:Queue", property: "policy", kind: "resource" },
    { type: "aws:sqs/queuePolicy:QueuePolicy", property: "policy", kind: "resource" },
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", property: "policy", kind: "resource" },
    {
        type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        property: "policyDocument",
        kind: "resource",
    },
    { type: "aws:ecr/repositoryPolicy:RepositoryPolicy", property: "policy", kind: "resource" },
];

interface Statement {
    readonly Effect?: unknown;
    readonly Action?: unknown;
    readonly NotAction?: unknown;
    readonly Resource?: unknown;
    readonly NotResource?: unknown;
    readonly Principal?: unknown;
    readonly NotPrincipal?: unknown;
}

/** The document's statements; undefined when it is not JSON or not a policy. */
function statementsOf(document: string): Statement[] | undefined {
    try {
        const parsed = JSON.parse(document) as { Statement?: Statement | Statement[] } | null;
        return parsed?.Statement === undefined ? undefined : [parsed.Statement].flat();
    } catch {
        return undefined;
    }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
function grammarProblem(
    statement: Statement,
    kind: "identity" | "assume" | "resource",
): string | undefined {
    if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
        return "Policy statement must have an Effect of Allow or Deny.";
    }
    if (statement.Action === undefined && statement.NotAction === undefined) {
        return "Policy statement must contain actions.";
    }
    const principal = statement.Principal ?? statement.NotPrincipal;
    if (kind === "identity") {
        if (principal !== undefined) {
            return "Policy document should not specify a principal.";
        }
        return statement.Resource === undefined && statement.NotResource === undefined
            ? "Policy statement must contain resources."
            : undefined;
    }
    if (kind === "assume" && statement.Resource !== undefined) {
        return "Has prohibited field Resource";
    }
    return principal === undefined ? "Missing required field Principal" : undefined;
}

function documentProblem(
    document: string,
    kind: "identity" | "assume" | "resource",
): string | undefined {
    const statements = statementsOf(document);
    return statements === undefined
        ? "Syntax errors in policy."
        : statements.map((s) => grammarProblem(s, kind)).find((problem) => problem !== undefined);
}

/** An ARN of another partition than the account's. */
function foreignArn(document: string, partition: string): string | undefined {
    return [...document.matchAll(/arn:(aws[a-z-]*):[^"\s]*/g)].find(
        ([, found]) => found !== partition,
    )?.[0];
}

function documentRefusal(
    { account, inputs }: RuleContext,
    property: string,
    kind: "identity" | "assume" | "resource",
): string | undefined {
    const document = documentOf(inputs, property);
    if (document === undefined) {
        return undefined;
    }
    const problem = documentProblem(document, kind);
    if (problem !== undefined) {
        return `https response error StatusCode: 400, MalformedPolicyDocument: ${problem}`;
    }
    const foreign = foreignArn(document, account.partition);
    return (
        foreign &&
        `https response error StatusCode: 400, MalformedPolicyDocument: Partition "${foreign.split(":")[1]}" is not valid for resource "${foreign}".`
    );
}

function documentOf(inputs: Properties, property: string): string | undefined {
    const document = text(inputs, property);
    return document === "" || document.includes(UNKNOWN) ? undefined : document;
}

/** The domain's policy opens it to anyone who reaches it. */
function opensToAll(document: string): boolean {
    return (statementsOf(document) ?? []).some(
        ({ Effect, Principal }) =>
            Effect === "Allow" &&
            (Principal === "*" || JSON.stringify(Principal) === '{"AWS":"*"}'),
    );
}

/** Policy documents, wherever they are written. */
export const iamRules: readonly Rule[] = [
    ...DOCUMENTS.flatMap(({ type, property, kind }) =>
        (["create", "update"] as const).map((at): Rule => ({
            name: "policy document",
            type,
            at,
            refusal: (context) => documentRefusal(context, property, kind),
        })),
    ),
    {
        name: "partition of an attached policy",
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        at: "create",
        refusal: ({ account, inputs }) =>
            text(inputs, "policyArn").startsWith(`arn:${account.partition}:iam::`)
                ? undefined
                : "operation error IAM: AttachRolePolicy, https response error StatusCode: 404, NoSuchEntity: " +
                  `Policy ${text(inputs, "policyArn")} does not exist or is not attachable.`,
    },
    {
        name: "role of an attached policy",
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        at: "create",
        refusal: ({ account, inputs }) =>
            account.get("aws:iam/role:Role", text(inputs, "role"))
                ? undefined
                : "operation error IAM: AttachRolePolicy, https response error StatusCode: 404, NoSuchEntity: " +
                  `The role with name ${text(inputs, "role")} cannot be found.`,
    },
    {
        name: "service-linked role that exists from before",
        type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        at: "create",
        refusal: ({ account, inputs }) =>
            account.serviceLinkedRoles.includes(text(inputs, "awsServiceName"))
                ? "operation error IAM: CreateServiceLinkedRole, https response error StatusCode: 400, InvalidInput: " +
                  "Service role name has been taken in this account, please try a different suffix."
                : undefined,
    },
    // A public domain with an open policy is refused; inside a VPC it is accepted, however unwise.
    ...["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"].map((type): Rule => ({
        name: "open access policy",
        type,
        at: "create",
        refusal: ({ inputs }) =>
            inputs.vpcOptions === undefined && opensToAll(text(inputs, "accessPolicies"))
                ? "https response error StatusCode: 400, ValidationException: Enable fine-grained access control " +
                  "or apply a restrictive access policy to your domain."
                : undefined,
    })),
];
