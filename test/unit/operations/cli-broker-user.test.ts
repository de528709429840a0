import { afterEach, describe, expect, it } from "vitest";
import { brokerUserCommand } from "../../../cli/commands/broker-user";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { FakeHandler } from "../../support/operations/fake-server";
import { runCommand } from "../../support/operations/run-command";

let installation: FakeInstallation | undefined;
afterEach(() => installation?.stop());

/** A management API with the users `hysds`, as whom HySDS connects, and `hysds-0`. */
function management(connected: readonly string[] = ["hysds"]): {
    readonly handler: FakeHandler;
    readonly written: [string, string, unknown][];
} {
    const written: [string, string, unknown][] = [];
    const handler: FakeHandler = ({ method, path, json }) => {
        if (method !== "GET") {
            written.push([method, path, json]);
            return { status: 204 };
        }
        if (path === "/api/whoami") {
            return { body: { name: "hysds", tags: ["administrator"] } };
        }
        if (path.startsWith("/api/connections")) {
            return { body: connected.map((user) => ({ user })) };
        }
        const known = ["/api/users/hysds", "/api/users/hysds-0"].includes(path);
        return known
            ? { body: { name: path.split("/").at(-1) } }
            : { status: 404, body: { error: "Object Not Found" } };
    };
    return { handler, written };
}

async function run(handler: FakeHandler, ...args: string[]) {
    installation = await FakeInstallation.start({ targets: { rabbitmq: handler } });
    return runCommand(["broker-user", ...args], { commands: [brokerUserCommand], installation });
}

describe("hysds-ops broker-user", () => {
    it("makes an administrator with all rights in HySDS's virtual host, and prints the password alone", async () => {
        const { handler, written } = management();
        const { stdout, exitCode } = await run(handler, "hysds-2");
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(/^[A-Za-z0-9]{40}\n$/);
        expect(written).toEqual([
            ["PUT", "/api/users/hysds-2", { password: stdout.trim(), tags: "administrator" }],
            ["PUT", "/api/permissions/%2F/hysds-2", { configure: ".*", write: ".*", read: ".*" }],
        ]);
    });

    it("leaves the password of a user that there is", async () => {
        const { handler, written } = management();
        const { stderr, exitCode } = await run(handler, "hysds");
        expect(exitCode).toBe(1);
        expect(stderr).toContain("has a user hysds");
        expect(written).toEqual([]);
    });

    it.each([
        ["as whom HySDS connects", "hysds", ["hysds"], "HySDS connects as hysds"],
        ["with connections", "hysds-0", ["hysds-0", "hysds"], "1 connections are open as hysds-0"],
    ])("does not delete a user %s", async (_, name, connected, message) => {
        const { handler, written } = management(connected);
        const { stderr, exitCode } = await run(handler, name, "--delete");
        expect(exitCode).toBe(1);
        expect(stderr).toContain(message);
        expect(written).toEqual([]);
    });

    it("deletes one that nothing connects as", async () => {
        const { handler, written } = management();
        expect((await run(handler, "hysds-0", "--delete")).exitCode).toBe(0);
        expect(written).toEqual([["DELETE", "/api/users/hysds-0", undefined]]);
    });
});
