import facts from "./facts.json";

/** One index, template or pipeline that the bootstrap Job makes in a search cluster. */
export interface SearchDefinition {
    readonly kind: "index" | "template" | "legacy-template" | "pipeline";
    readonly name: string;
}

/** What the bootstrap Job makes in the search cluster of each component. */
export const SEARCH_DEFINITIONS = facts.searchDefinitions as Readonly<
    Record<"mozart" | "grq" | "metrics", readonly SearchDefinition[]>
>;
