import { SimulatedAccount } from "../account";
import { isObject, Properties, Value } from "../wire/values";

/** What a row computes from. */
export interface RowContext {
    readonly account: SimulatedAccount;
    /** Logical name in the program. */
    readonly name: string;
    /** Without secret marks. */
    readonly inputs: Properties;
    /** Source of everything random-looking: the same for the whole life of the resource. */
    readonly seed: string;
    /** 1 at creation, one more with every update. */
    readonly revision: number;
}

/** The facts of one resource type that the published types do not say. */
export interface ResourceRow {
    /** Input that the provider names by itself (logical name and a suffix) when the program does not; none when false. */
    readonly autoName?: AutoName | false;
    /** Inputs that make two of them the same thing, and AWS's refusal of a second one. */
    readonly unique?: {
        readonly by: readonly string[];
        readonly refusal: (inputs: Properties) => string;
    };
    /** The provider's id; random hexadecimal digits when absent. */
    readonly id?: (context: RowContext) => string;
    /** Outputs beside the echoed inputs; they win over inputs of the same name. */
    readonly outputs?: (context: RowContext & { readonly id: string }) => Properties;
    /** Outputs that an update gives a new value, unknown until it has happened. */
    readonly revised?: readonly string[];
    /** Properties the provider always marks secret, as paths (`users.*.password`). */
    readonly secretPaths?: readonly string[];
    /** Inputs that can't change after creation, as the Terraform provider's ForceNew says. */
    readonly replaceOn?: readonly ReplaceRule[];
    /** Top-level inputs whose change replaces the resource this time, by what they were and what they are to be. */
    readonly replacesWhen?: (olds: Properties, news: Properties) => readonly string[];
    /** What it is a part of, and is deleted with: the whole's type, and the input of each that has the whole's name. */
    readonly partOf?: { readonly type: string; readonly name: string; readonly namedBy: string };
    /** Inputs that the provider sends only when they are not as in the state: else they stay as they are in AWS. */
    readonly sentWhenChanged?: readonly string[];
    /** Inputs whose change the provider does not notice. */
    readonly ignoresChangeOf?: (inputs: Properties) => readonly string[];
}

export interface AutoName {
    readonly property: string;
    /** Longest name allowed; 255 by default. */
    readonly maxLength?: number;
}

/** A path whose change replaces the resource; with `presence`, only adding or removing the whole block does. */
export type ReplaceRule = string | { readonly path: string; readonly presence: true };

export type Rows = Readonly<Record<string, ResourceRow>>;

/** An input as text; empty when absent. */
export function text(inputs: Properties, property: string): string {
    const value = inputs[property];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** An input as a list; empty when absent. */
export function list(inputs: Properties, property: string): Value[] {
    const value = inputs[property];
    return Array.isArray(value) ? value : [];
}

/** An input as an object; empty when absent. */
export function block(inputs: Properties, property: string): Properties {
    const value = inputs[property];
    return isObject(value) ? value : {};
}

/** A list of texts; empty when absent. */
export function texts(inputs: Properties, property: string): string[] {
    return list(inputs, property).map(String);
}
