import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { renderConfiguration } from "../../../components/hysds/configuration";
import { disguised, managed, variants } from "./support/inputs";
import { pythonAssignments } from "./support/python";

/** As requests does: https://github.com/psf/requests/blob/main/src/requests/utils.py */
const LOGIN = `
import json, netrc, sys, tempfile, urllib.parse
with tempfile.NamedTemporaryFile("w") as file:
    file.write(sys.stdin.read())
    file.flush()
    host = urllib.parse.urlparse(sys.argv[1]).netloc.split(":")[0]
    print(json.dumps(netrc.netrc(file.name).authenticators(host)))
`;

describe.each(variants)("%s", (_name, inputs) => {
    const files = renderConfiguration(inputs);
    const settings = pythonAssignments(files["mozart/settings.cfg"]);
    const url = String(settings["RABBITMQ_ADMIN_API"]);

    it("keeps the broker's password out of the URL that Mozart shows with an error", () => {
        expect(files["mozart/settings.cfg"]).not.toContain(disguised.broker);
        expect(new URL(url).username).toBe("");
    });

    it("gives it to who asks that URL", async () => {
        const { stdout } = await execa("python3", ["-c", LOGIN, url], { input: files.netrc });
        expect(JSON.parse(stdout)).toEqual(["hysds", expect.anything(), disguised.broker]);
    });
});

it("survives whatever a password may hold", async () => {
    const broker = `a b"c\\d#e'f/@?%&+$[]{}~`;
    const files = renderConfiguration(
        managed("elasticsearch", "separate", { ...disguised, broker }),
    );
    const url = "https://b-1.mq.us-west-2.amazonaws.com:443";
    const { stdout } = await execa("python3", ["-c", LOGIN, url], { input: files.netrc });
    expect(JSON.parse(stdout)).toEqual(["hysds", expect.anything(), broker]);
});
