import { RULE_OWNERS, RuleSet } from "../rules/rules";
import { Source } from "../search/documents";

/** One document of a mission, or one of its part. */
export interface Part {
    /** As HySDS has it; of a file without version, as its container builder makes it of the file's name. */
    readonly id: string;
    readonly where: string;
    readonly source: Source;
    /** Keys that its text has twice in one object. */
    readonly repeated?: readonly string[];
}

/** What a mission has, as far as it is to be checked. */
export interface Material {
    readonly jobSpecs: readonly Part[];
    readonly containers: readonly Part[];
    readonly actions: readonly Part[];
    readonly rules: readonly Part[];
    readonly unreadable: readonly UnreadableFile[];
}

/** A file that is none of what its name says. */
export interface UnreadableFile {
    readonly where: string;
    readonly reason: string;
}

export const NOTHING: Material = {
    jobSpecs: [],
    containers: [],
    actions: [],
    rules: [],
    unreadable: [],
};

export function together(materials: readonly Material[]): Material {
    return {
        jobSpecs: materials.flatMap(({ jobSpecs }) => jobSpecs),
        containers: materials.flatMap(({ containers }) => containers),
        actions: materials.flatMap(({ actions }) => actions),
        rules: materials.flatMap(({ rules }) => rules),
        unreadable: materials.flatMap(({ unreadable }) => unreadable),
    };
}

/** Rules as parts, of whatever holds them. */
export function ruleParts(rules: RuleSet, where: string): readonly Part[] {
    return RULE_OWNERS.flatMap((owner) =>
        rules[owner].map((source) => ({ id: String(source.rule_name), where, source })),
    );
}
