import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { renderConfiguration } from "../../../components/hysds/configuration";
import { disguised, variants } from "./support/inputs";

/** As HySDS's watchdogs do: https://github.com/hysds/hysds/blob/develop/scripts/watchdog_job_timeouts.py */
const LOG = `
import sys
settings = {}
exec(sys.stdin.read(), settings)
for name, value in settings.items():
    if name.endswith("_ES_URL"):
        print("host : {}".format(value), f"url: {value}", "%s" % value, repr(value), [value])
`;

describe.each(variants)("%s", (_name, inputs) => {
    it("shows no password to who logs its search addresses", async () => {
        const input = renderConfiguration(inputs)["celeryconfig.py"];
        const { stdout } = await execa("python3", ["-c", LOG], { input });
        expect(stdout.split("\n")).toHaveLength(3);
        expect(stdout).toContain(String(inputs.search.grq.port));
        expect(stdout).not.toContain(disguised.search);
    });
});
