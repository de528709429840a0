import type { EnforcementLevel, ResourceValidationArgs, Severity } from "@pulumi/policy";
import type { Resource, Unwrap } from "@pulumi/pulumi";
import type { Examination } from "./examination";
import type { Settings, Values } from "./setting";

/** Class of environment of a stack: its `hysds:environment`. */
export const environments = ["local", "dev", "prod"] as const;

export type Environment = (typeof environments)[number];

/** Where a rule comes from: a control of AWS FSBP, of a CIS benchmark, of the Pod Security Standards, or a document. */
export interface Reference {
    readonly id: string;
    readonly url: string;
}

/** What a rule is, apart from how it decides. */
export interface RuleDefinition<S extends Settings> {
    /** Kebab case; unique in the pack. */
    readonly name: string;
    /** What must hold, and why: one or two sentences. */
    readonly description: string;
    readonly reference: Reference;
    /** How to fix a violation: one sentence, in the imperative. */
    readonly fix: string;
    readonly severity: Severity;
    /** Where it differs from `defaultEnforcement`. */
    readonly enforcement?: Partial<Record<Environment, EnforcementLevel>>;
    /** What can be configured, with defaults. */
    readonly settings?: S;
    /** Values other than the defaults, by environment. */
    readonly values?: Partial<Record<Environment, Partial<Values<S>>>>;
}

/** Advice where everything can be made again, an obligation elsewhere. */
export const defaultEnforcement: Readonly<Record<Environment, EnforcementLevel>> = {
    local: "advisory",
    dev: "mandatory",
    prod: "mandatory",
};

/** What a check sees beside the properties, and how it answers. */
export interface Check<S extends Settings> extends Examination {
    readonly settings: Values<S>;
}

/** What the check of one resource sees beside the properties. */
export interface ResourceCheck<S extends Settings> extends Check<S> {
    readonly resource: ResourceValidationArgs;
}

/** A resource of the stack, with its properties as they are after the update. */
export interface StackResource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Record<string, unknown>;
    readonly isType: (resourceClass: AnyResourceClass) => boolean;
}

export type ResourceClass<T extends Resource, A> = new (name: string, args: A) => T;

/** A resource class whose inputs do not matter, such as the SDK asks for. */
export type AnyResourceClass = Parameters<ResourceValidationArgs["isType"]>[0];

/** Inputs of a resource class as a policy sees them. */
export type Inputs<A> = Unwrap<NonNullable<A>>;

/** Checks resources of one class; `token` names a component whose class is in a package of its own. */
export interface Guard<S extends Settings> {
    readonly resourceClass?: AnyResourceClass;
    readonly token?: string;
    readonly check: (properties: Record<string, unknown>, context: ResourceCheck<S>) => void;
}

/** Corrects resources of one class; returns the new properties, or nothing when there is nothing to correct. */
export interface Remediation<S extends Settings> {
    readonly resourceClass: AnyResourceClass;
    readonly remediate: (
        properties: Record<string, unknown>,
        settings: Values<S>,
    ) => Record<string, unknown> | undefined;
}

/** One rule of the pack. Made by `rule`; each of its methods gives a rule that checks more. */
export class Rule<S extends Settings = Settings> {
    constructor(
        readonly definition: RuleDefinition<S>,
        readonly guards: readonly Guard<S>[] = [],
        readonly remediations: readonly Remediation<S>[] = [],
        readonly stackCheck?: (resources: readonly StackResource[], check: Check<S>) => void,
    ) {}

    get name(): string {
        return this.definition.name;
    }

    get enforcement(): Readonly<Record<Environment, EnforcementLevel>> {
        return { ...defaultEnforcement, ...this.definition.enforcement };
    }

    /** Checks each resource of one class. */
    checks<T extends Resource, A>(
        resourceClass: ResourceClass<T, A>,
        check: (inputs: Inputs<A>, context: ResourceCheck<S>) => void,
    ): Rule<S> {
        const guard: Guard<S> = {
            resourceClass: resourceClass,
            check: (properties, context) => check(properties as Inputs<A>, context),
        };
        return this.with({ guards: [...this.guards, guard] });
    }

    /** Checks each resource of one type token, of a package that the pack does not depend on. */
    checksType<P>(
        token: string,
        check: (inputs: Partial<P>, context: ResourceCheck<S>) => void,
    ): Rule<S> {
        const guard: Guard<S> = {
            token,
            check: (properties, context) => check(properties as Partial<P>, context),
        };
        return this.with({ guards: [...this.guards, guard] });
    }

    /** Checks every resource, whatever its type. */
    checksEvery(
        check: (inputs: Record<string, unknown>, context: ResourceCheck<S>) => void,
    ): Rule<S> {
        return this.with({ guards: [...this.guards, { check }] });
    }

    /** Checks the stack as a whole, after every resource of it is known. */
    checksStack(check: (resources: readonly StackResource[], context: Check<S>) => void): Rule<S> {
        return this.with({ stackCheck: check });
    }

    /** Corrects each resource of one class, where the rule is enforced as `remediate`. */
    remediates<T extends Resource, A>(
        resourceClass: ResourceClass<T, A>,
        remediate: (inputs: Inputs<A>, settings: Values<S>) => Inputs<A> | undefined,
    ): Rule<S> {
        const entry: Remediation<S> = {
            resourceClass: resourceClass,
            remediate: (properties, settings) =>
                remediate(properties as Inputs<A>, settings) as Record<string, unknown> | undefined,
        };
        return this.with({ remediations: [...this.remediations, entry] });
    }

    private with(
        changes: Partial<Pick<Rule<S>, "guards" | "remediations" | "stackCheck">>,
    ): Rule<S> {
        const { guards, remediations, stackCheck } = { ...this, ...changes };
        return new Rule(this.definition, guards, remediations, stackCheck);
    }
}

/** A rule that checks nothing yet. */
export function rule<S extends Settings = Record<never, never>>(
    definition: RuleDefinition<S>,
): Rule<S> {
    return new Rule(definition);
}
