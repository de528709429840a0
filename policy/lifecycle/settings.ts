import { flag, text } from "../setting";

/** What the rules about versions have in common. */
export const supportSettings = {
    allowExtendedSupport: flag("Accept extended support, at its extra charge.", false),
    asOf: text("Day on which support is judged, as an ISO date. Empty: today."),
};
