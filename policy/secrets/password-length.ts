import { document } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

export const passwordLength = rule({
    name: "generated-password-length",
    description: "Generated passwords are too long to be guessed: nobody has to type them.",
    reference: document("NIST SP 800-63B", "https://pages.nist.gov/800-63-4/sp800-63b.html"),
    fix: "set length to 32.",
    severity: "medium",
    settings: { minLength: count("Shortest length.", 24) },
}).checksType<{ readonly length: number }>(
    "random:index/randomPassword:RandomPassword",
    ({ length = 0 }, { report, settings: { minLength } }) => {
        if (length < minLength) {
            report(`length is ${length}, less than ${minLength}`);
        }
    },
);
