import { z } from "zod";
import { parseRules, RuleSet } from "../rules/rules";
import { Source } from "../search/documents";

/** `manifest.json` of a package's archive, as sds writes it. */
export interface Manifest {
    readonly containers: Source & { readonly id: string };
    readonly job_specs: readonly (Source & { readonly id: string })[];
    readonly hysds_ios: readonly (Source & { readonly id: string })[];
    /** Rules that a package brings along; sds reads them, and writes none. */
    readonly user_rules?: RuleSet;
}

const withId = z.looseObject({ id: z.string().min(1) });

const manifest = z.looseObject({
    containers: withId,
    job_specs: z.array(z.looseObject({ id: z.string().min(1), container: z.string() })),
    hysds_ios: z.array(z.looseObject({ id: z.string().min(1), "job-specification": z.string() })),
    user_rules: z.unknown().optional(),
});

/** The manifest of a text, or what is wrong with it, one problem an entry. */
export function parseManifest(text: string): Manifest | { readonly problems: string[] } {
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch {
        return { problems: ["is not JSON"] };
    }
    const { success, error, data } = manifest.safeParse(content);
    if (!success) {
        const problems = error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
        return { problems };
    }
    const problems = [...strangers(data), ...ruleProblems(data.user_rules)];
    return problems.length > 0 ? { problems } : (content as Manifest);
}

/** Documents that belong to no other of the package: removing it would leave them behind. */
function strangers({ containers, job_specs, hysds_ios }: z.output<typeof manifest>): string[] {
    const jobSpecs = new Set(job_specs.map(({ id }) => id));
    return [
        ...job_specs
            .filter(({ container }) => container !== containers.id)
            .map(({ id }) => `job specification ${id} is of another container`),
        ...hysds_ios
            .filter((action) => !jobSpecs.has(action["job-specification"]))
            .map(({ id }) => `action ${id} is of another job specification`),
    ];
}

function ruleProblems(rules: unknown): string[] {
    if (rules === undefined) {
        return [];
    }
    const parsed = parseRules(JSON.stringify(rules));
    return "problems" in parsed ? parsed.problems.map((problem) => `user_rules.${problem}`) : [];
}
