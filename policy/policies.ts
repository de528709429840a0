import {
    EnforcementLevel,
    Policies,
    PolicyPackConfig,
    ReportViolation,
    ResourceRemediation,
    ResourceValidation,
    ResourceValidationArgs,
    StackValidation,
    remediateResourceOfType,
    validateResourceOfType,
} from "@pulumi/policy";
import { Examination } from "./examination";
import { Environment, Guard, Remediation, ResourceCheck, Rule } from "./rule";
import { Settings, valuesOf } from "./setting";

/** A rule in the words of CrossGuard: one policy, whose name is unique, with all that the rule checks and corrects. */
export function policyOf(rule: Rule, environment: Environment): Policies[number] {
    const { definition, guards, remediations, stackCheck } = rule;
    const { name, description, severity, reference, fix, settings } = definition;
    const common = {
        name,
        description,
        severity,
        url: reference.url,
        remediationSteps: fix,
        framework: { name: reference.id, version: "", reference: reference.url, specification: "" },
        enforcementLevel: rule.enforcement[environment],
        ...(settings ? { configSchema: { properties: settings } } : {}),
    };
    return {
        ...common,
        ...(guards.length > 0 ? { validateResource: resourceValidation(rule, guards) } : {}),
        ...(remediations.length > 0 ? { remediateResource: remediation(rule, remediations) } : {}),
        ...(stackCheck ? { validateStack: stackValidation(rule, stackCheck) } : {}),
    };
}

/** Enforcement and values of every rule in one environment, as `--policy-pack-config` takes them. */
export function configurationOf(
    rules: readonly Rule[],
    environment: Environment,
): PolicyPackConfig {
    return Object.fromEntries(
        rules.map((rule) => {
            const enforcementLevel: EnforcementLevel = rule.enforcement[environment];
            const values = {
                ...valuesOf(rule.definition.settings, {}),
                ...rule.definition.values?.[environment],
            };
            return [rule.name, { enforcementLevel, ...values }];
        }),
    );
}

/** What is wrong, how to fix it, and where it is written: a finding as the user reads it. */
function sentence({ definition }: Rule, finding: string): string {
    const { fix, reference } = definition;
    return `${finding}. Fix: ${fix} (${reference.id}, ${reference.url})`;
}

function reporter(rule: Rule, reportViolation: ReportViolation): Examination["report"] {
    return (finding, urn) => reportViolation(sentence(rule, finding), urn);
}

function contextOf(
    rule: Rule,
    resource: ResourceValidationArgs,
    reportViolation: ReportViolation,
): ResourceCheck<Settings> {
    const settings = valuesOf(rule.definition.settings, resource.getConfig());
    const examination = new Examination(reporter(rule, reportViolation));
    return Object.assign(examination, { settings, resource });
}

function resourceValidation(rule: Rule, guards: readonly Guard<Settings>[]): ResourceValidation {
    const run = (
        guard: Guard<Settings>,
        resource: ResourceValidationArgs,
        report: ReportViolation,
    ): void => {
        const context = contextOf(rule, resource, report);
        context.part(() => guard.check(resource.props, context));
        context.conclude();
    };
    const [only] = guards;
    if (guards.length === 1 && only?.resourceClass) {
        // The SDK then skips other types before it unpacks their properties.
        return validateResourceOfType(only.resourceClass, (_, resource, report) =>
            run(only, resource, report),
        );
    }
    return (resource, report) => {
        const guard = guards.find((candidate) => guardsType(candidate, resource));
        return guard ? run(guard, resource, report) : resource.notApplicable();
    };
}

function guardsType(guard: Guard<Settings>, resource: ResourceValidationArgs): boolean {
    if (guard.resourceClass) {
        return resource.isType(guard.resourceClass);
    }
    return guard.token === undefined || guard.token === resource.type;
}

function stackValidation(rule: Rule, check: NonNullable<Rule["stackCheck"]>): StackValidation {
    return (stack, reportViolation) => {
        const settings = valuesOf(rule.definition.settings, stack.getConfig());
        const examination = new Examination(reporter(rule, reportViolation));
        const context = Object.assign(examination, { settings });
        context.part(() => check(stack.resources, context));
        context.conclude();
    };
}

function remediation(
    rule: Rule,
    remediations: readonly Remediation<Settings>[],
): ResourceRemediation {
    return (resource) => {
        const settings = valuesOf(rule.definition.settings, resource.getConfig());
        const applicable = remediations.find(({ resourceClass }) => resource.isType(resourceClass));
        if (!applicable) {
            return undefined;
        }
        const { resourceClass, remediate } = applicable;
        const typed = remediateResourceOfType(resourceClass, () =>
            remediate(resource.props, settings),
        );
        return typed(resource);
    };
}
