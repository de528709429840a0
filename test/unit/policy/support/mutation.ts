import { Draft } from "./draft";

/** One change of a stack against which exactly one rule has something. */
export interface Mutation {
    /** Changes resources of the `prod` stack. */
    readonly change?: (draft: Draft) => Draft;
    /** Configuration of the `prod` stack, by key. */
    readonly settings?: Readonly<Record<string, string>>;
    /** Values of rules that stand in the way, by rule. */
    readonly values?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Without the resources that the program itself does not register. */
    readonly withoutExtras?: boolean;
}

/** By rule. */
export type Mutations = Readonly<Record<string, readonly Mutation[]>>;

export function change(how: (draft: Draft) => Draft): Mutation {
    return { change: how };
}

/** A policy document of one statement that allows what it says. */
export function allow(statement: Readonly<Record<string, unknown>>): string {
    const full = { Effect: "Allow", Resource: "arn:aws:s3:::bucket", ...statement };
    return JSON.stringify({ Version: "2012-10-17", Statement: full });
}
