import { SimulatedAccount } from "../account";
import { Properties } from "../wire/values";

/** What a rule sees of a request. */
export interface RuleContext {
    readonly account: SimulatedAccount;
    /** Without secret marks; may hold unknowns in a preview. */
    readonly inputs: Properties;
    /** What the resource was before; undefined when it is being created. */
    readonly olds?: Properties;
}

/** One refusal of AWS, or of its provider before AWS is asked. */
export interface Rule {
    /** What it is about, in a few words; tests go by it. */
    readonly name: string;
    readonly type: string;
    /** `check`: the provider refuses in preview already; `create`, `update`, `delete`: AWS refuses the call. */
    readonly at: "check" | "create" | "update" | "delete";
    /** The refusal in AWS's words, or undefined when there is nothing to refuse. */
    readonly refusal: (context: RuleContext) => string | undefined;
}
