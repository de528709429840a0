import { unknownCheckingProxy } from "../examination";
import type { ResourceCheck } from "../rule";
import type { Settings } from "../setting";

type OneOrMany<T> = T | readonly T[];

/** A statement of an IAM policy document, as JSON has it. */
export interface Statement {
    readonly Sid?: string;
    readonly Effect?: string;
    readonly Action?: OneOrMany<string>;
    readonly NotAction?: OneOrMany<string>;
    readonly Resource?: OneOrMany<string>;
    readonly Principal?: string | Readonly<Record<string, OneOrMany<string>>>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;
}

export function listed<T>(value: OneOrMany<T> | undefined): readonly T[] {
    if (value === undefined) {
        return [];
    }
    return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Whether an action of a policy, which may have wildcards, covers an action. Case does not matter in IAM. */
export function covers(pattern: string, action: string): boolean {
    const expression = pattern
        .split("*")
        .map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."))
        .join(".*");
    return new RegExp(`^${expression}$`, "i").test(action);
}

/** The principals of a statement by kind; the principal `*` is of every kind. */
export function principals(statement: Statement): readonly string[] {
    const { Principal } = statement;
    if (Principal === undefined || typeof Principal === "string") {
        return listed(Principal);
    }
    return Object.values(Principal).flatMap(listed);
}

/**
 * Runs a part for each statement that allows something. The document is JSON, or the object that it is made of; one
 * that is not JSON is a violation.
 */
export function eachAllowed<S extends Settings>(
    read: () => unknown,
    context: ResourceCheck<S>,
    check: (statement: Statement) => void,
): void {
    context.part(() => {
        const given = read();
        if (given === undefined) {
            return;
        }
        const document = typeof given === "string" ? parsed(given) : given;
        if (document === undefined) {
            context.report("the policy document is not JSON");
            return;
        }
        const { Statement } = document as { readonly Statement?: OneOrMany<Statement> };
        context.each(listed(Statement), (statement) => {
            if (statement.Effect === "Allow") {
                check(statement);
            }
        });
    });
}

/** Parts of the document that are not known yet throw where they are read, as everywhere. */
function parsed(json: string): unknown {
    try {
        return unknownCheckingProxy<unknown>(JSON.parse(json));
    } catch {
        return undefined;
    }
}
