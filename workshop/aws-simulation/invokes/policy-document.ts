import { block, list, text, texts } from "../resources/row";
import { isObject, Properties, Value } from "../wire/values";

/** One value stands alone, several make a list, as the provider writes policies. */
function collapsed(values: string[]): Value | undefined {
    return values.length > 1 ? values : values[0];
}

/** `principals` by type; `*` of type `*` is everyone. */
function principals(statement: Properties, property: string): Value | undefined {
    const byType: Record<string, string[]> = {};
    for (const principal of list(statement, property).filter(isObject)) {
        const type = text(principal, "type");
        byType[type] = [...(byType[type] ?? []), ...texts(principal, "identifiers")];
    }
    if (byType["*"]) {
        return "*";
    }
    const entries = Object.entries(byType).map(([type, ids]) => [type, collapsed(ids) ?? []]);
    return entries.length > 0 ? (Object.fromEntries(entries) as Properties) : undefined;
}

function conditions(statement: Properties): Value | undefined {
    const byTest: Record<string, Properties> = {};
    for (const condition of list(statement, "conditions").filter(isObject)) {
        const test = text(condition, "test");
        byTest[test] = {
            ...byTest[test],
            [text(condition, "variable")]: collapsed(texts(condition, "values")) ?? [],
        };
    }
    return Object.keys(byTest).length > 0 ? byTest : undefined;
}

function statementOf(statement: Properties): Properties {
    const parts: Record<string, Value | undefined> = {
        Sid: statement.sid,
        Effect: text(statement, "effect") || "Allow",
        Principal: principals(statement, "principals"),
        NotPrincipal: principals(statement, "notPrincipals"),
        Action: collapsed(texts(statement, "actions")),
        NotAction: collapsed(texts(statement, "notActions")),
        Resource: collapsed(texts(statement, "resources")),
        NotResource: collapsed(texts(statement, "notResources")),
        Condition: conditions(statement),
    };
    return Object.fromEntries(
        Object.entries(parts).filter(([, value]) => value !== undefined),
    ) as Properties;
}

function statementsIn(documents: string[]): Properties[] {
    return documents.flatMap((document) => {
        const parsed = JSON.parse(document) as Properties;
        return isObject(parsed.Statement)
            ? [block(parsed, "Statement")]
            : list(parsed, "Statement").filter(isObject);
    });
}

/** Statements of `overrides` take the place of those with the same Sid. */
function merged(statements: Properties[], overrides: Properties[]): Properties[] {
    const replaced = new Set(overrides.map((statement) => statement.Sid).filter(Boolean));
    return [...statements.filter(({ Sid }) => !replaced.has(Sid ?? "")), ...overrides];
}

/** The JSON document that `aws.iam.getPolicyDocument` makes of its arguments. */
export function policyDocument(args: Properties): { json: string; minifiedJson: string } {
    const own = list(args, "statements").filter(isObject).map(statementOf);
    const sources = statementsIn(texts(args, "sourcePolicyDocuments"));
    const overrides = statementsIn(texts(args, "overridePolicyDocuments"));
    const document = {
        Version: text(args, "version") || "2012-10-17",
        ...(args.policyId === undefined ? {} : { Id: args.policyId }),
        Statement: merged(merged(sources, own), overrides),
    };
    return { json: JSON.stringify(document, null, 2), minifiedJson: JSON.stringify(document) };
}
