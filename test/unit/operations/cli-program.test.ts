import { Command } from "commander";
import { afterEach, describe, expect, it } from "vitest";
import { destructive, DestructiveOptions, permitLoss } from "../../../cli/destructive";
import { EXIT } from "../../../cli/errors";
import { CommandFactory } from "../../../cli/program";
import { FakeHandler } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import { runCommand } from "../../support/operations/run-command";

const version: CommandFactory = (context) =>
    new Command("version").action(async () => {
        const installation = await context.open();
        const client = await installation.http("mozart");
        const json = await client.request<{ version: string }>("GET", "/api/v0.1/version");
        context.print({ json, sections: [{ head: ["version"], rows: [[json.version]] }] });
    });

const sick: CommandFactory = (context) =>
    new Command("sick").action(() => context.exitWith(EXIT.no));

const wipe: CommandFactory = (context) =>
    destructive(new Command("wipe")).action(async (options: DestructiveOptions) => {
        const losses = { head: ["what", "count"], rows: [["messages", 12]] };
        await permitLoss(context, await context.open(), { action: "Wiping", losses }, options);
        context.print({ json: "wiped", sections: ["wiped"] });
    });

describe("hysds-ops", () => {
    let installation: FakeInstallation;

    afterEach(() => installation.stop());

    async function run(args: string, options: FakeInstallationOptions = {}, answer = false) {
        installation = await FakeInstallation.start(options);
        return runCommand(args.split(" "), {
            commands: [version, sick, wipe],
            installation,
            answer,
        });
    }

    const mozart: FakeHandler = () => ({ body: { version: "v5" } });

    it("prints a table, and JSON with --json wherever it stands", async () => {
        const { stdout, exitCode } = await run("version", { targets: { mozart } });
        expect(stdout).toBe("VERSION\nv5\n");
        expect(exitCode).toBe(0);
        await installation.stop();
        const json = await run("version --json", { targets: { mozart } });
        expect(JSON.parse(json.stdout)).toEqual({ version: "v5" });
    });

    it("tells a failure in one line and ends with 1", async () => {
        const answer = { status: 500, body: "out of\nmemory" };
        const run1 = await run("version", { targets: { mozart: () => answer } });
        expect(run1).toMatchObject({ exitCode: 1, stdout: "" });
        expect(run1.stderr).toBe(
            "error: http://mozart/api/v0.1/version answered 500 Internal Server Error: out of memory\n",
        );
    });

    it("ends with 1 when the answer is no, with 2 on a line it does not understand, with 0 on --help", async () => {
        expect((await run("sick")).exitCode).toBe(1);
        await installation.stop();
        const misspelt = await run("versoin");
        expect(misspelt.exitCode).toBe(2);
        expect(misspelt.stderr).toContain("version");
        await installation.stop();
        const help = await run("version --help");
        expect(help.exitCode).toBe(0);
        expect(help.stdout).toContain("Usage: hysds-ops version");
    });

    it("shows what is lost and does nothing when the answer is no", async () => {
        const wiped = await run("wipe");
        expect(wiped).toMatchObject({ exitCode: 1, stdout: "", questions: ["Wiping in test?"] });
        expect(wiped.stderr).toMatch(/WHAT +COUNT\nmessages +12\n/);
    });

    it.each([
        ["the answer is yes", "wipe", { environment: "dev" }, true, 1],
        ["--yes", "wipe --yes", { environment: "dev" }, false, 0],
        ["--really in prod", "wipe --yes --really", { environment: "prod" }, false, 0],
    ] as const)("destroys after %s", async (_why, args, options, answer, asked) => {
        const wiped = await run(args, options, answer);
        expect(wiped).toMatchObject({ exitCode: 0, stdout: "wiped\n" });
        expect(wiped.questions).toHaveLength(asked);
    });

    it.each([{ environment: "prod" }, { protected: true }] as const)(
        "refuses to destroy without --really where %o",
        async (options) => {
            const wiped = await run("wipe --yes", options, true);
            expect(wiped).toMatchObject({ exitCode: 1, stdout: "", questions: [] });
            expect(wiped.stderr).toContain("--really");
        },
    );
});
