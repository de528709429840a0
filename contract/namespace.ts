import facts from "./facts.json";

/** Namespace of the HySDS services where a stack says no other. */
export const DEFAULT_NAMESPACE = facts.namespace;
