import { Argument } from "commander";

/** The parts of HySDS, as sds names them. */
export const COMPONENTS = ["mozart", "grq", "metrics", "factotum", "verdi"] as const;

export type Component = (typeof COMPONENTS)[number];

export type ComponentChoice = Component | "all";

/** The argument of commands that work on a component. */
export function componentArgument(): Argument {
    return new Argument("<component>", "part of HySDS").choices([...COMPONENTS, "all"]);
}

/** Components of a choice. */
export function chosen(choice: ComponentChoice): readonly Component[] {
    return choice === "all" ? COMPONENTS : [choice];
}
