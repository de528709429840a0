import { describe, expect, it } from "vitest";
import { requirePrograms } from "../../e2e/support/prerequisites";

describe("the programs that the end-to-end tests need", () => {
    it("are named all at once, with the command that installs them", () => {
        const programs = { node: "nodejs", "no-such-a": "package-a", "no-such-b": "package-b" };
        expect(() => requirePrograms(programs)).toThrow(
            "The end-to-end tests need no-such-a, no-such-b on the PATH: apt-get install package-a package-b",
        );
    });

    it("may all be there", () => {
        expect(() => requirePrograms({ node: "nodejs" })).not.toThrow();
    });
});
