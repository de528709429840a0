import { Argument } from "commander";
import { HYSDS_COMPONENTS, HysdsComponentName } from "../../contract/labels";

export type Component = HysdsComponentName;

export type ComponentChoice = Component | "all";

/** The argument of commands that work on a component. */
export function componentArgument(): Argument {
    return new Argument("<component>", "component of HySDS").choices([...HYSDS_COMPONENTS, "all"]);
}

/** Components of a choice. */
export function chosen(choice: ComponentChoice): readonly Component[] {
    return choice === "all" ? HYSDS_COMPONENTS : [choice];
}
