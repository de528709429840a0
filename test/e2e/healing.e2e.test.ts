import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { Installation, type Running } from "./support/installation";

const patience = { timeout: 3 * 60_000, interval: 50 };

/** Resolves once a command has said this; fails when it ends without. */
async function untilSaid(command: Running, what: string | RegExp): Promise<void> {
    const said = vi.waitFor(() => expect(command.output()).toMatch(what), patience);
    const ended = command.ended.then(() => expect(command.output()).toMatch(what));
    await Promise.race([said, ended]);
}

describe.sequential("npm start after an accident", () => {
    let installation: Installation;

    beforeAll(() => {
        installation = new Installation();
    });
    afterAll(async () => {
        await installation.npm("run", "stop").ended;
        installation.remove();
    });

    const kinds = (): string[] => installation.processes().map(({ kind }) => kind);

    function kill(kind: string, signal: NodeJS.Signals): void {
        const victim = installation.processes().find((each) => each.kind === kind);
        expect(victim, kind).toBeDefined();
        process.kill(victim?.pid ?? 0, signal);
    }

    /** Runs `npm start` to its end, and returns what it has healed. */
    async function start(): Promise<string[]> {
        const command = installation.npm("start");
        expect(await command.ended, command.output()).toBe(0);
        expect(await installation.fault()).toBeUndefined();
        return command.output().match(/^Healed: .*$/gm) ?? [];
    }

    it("is interrupted while the control plane starts, and leaves none", async () => {
        const command = installation.npm("start");
        await untilSaid(command, "control plane: starting");
        await vi.waitFor(() => expect(kinds()).toContain("supervisor"), patience);
        process.kill(-(command.process.pid ?? 0), "SIGINT");
        expect(await command.ended).not.toBe(0);
        await vi.waitFor(() => expect(kinds()).toEqual([]), patience);
    });

    it("leaves no process of an update whose engine was killed but the control plane's", async () => {
        const command = installation.npm("start");
        await untilSaid(command, / creating \(/);
        kill("pulumi", "SIGKILL");
        expect(await command.ended).not.toBe(0);
        await vi.waitFor(() => expect(kinds()).not.toContain("npm"), patience);
        expect(kinds().filter((kind) => /^pulumi|^program/.test(kind))).toEqual([]);
    });

    it("takes that update up again, by two commands at once that wait for each other", async () => {
        const both = [installation.npm("start"), installation.npm("start")];
        const statuses = await Promise.all(both.map(({ ended }) => ended));
        const said = both.map(({ output }) => output()).join("");
        expect(statuses, said).toEqual([0, 0]);
        expect(said.match(/^Healed: .*unlocked the stack/gm)).toHaveLength(1);
        expect(said.match(/^npm start runs since .*: waiting for its end$/gm)).toHaveLength(1);
        expect(await installation.fault()).toBeUndefined();
    });

    it("has nothing to heal after that", async () => {
        expect(await start()).toEqual([]);
    });

    it("starts a control plane again whose supervisor was killed", async () => {
        kill("supervisor", "SIGKILL");
        expect((await start()).join("\n")).toMatch("the control plane did not run");
    });

    it("begins anew where the session is lost", async () => {
        writeFileSync(join(installation.state, "session.json"), "");
        expect(await start()).toEqual([
            "Healed: removed the files of an installation whose session was lost",
        ]);
    });

    it("has left nothing when npm run stop comes in the middle of an update", async () => {
        const up = ["pulumi", "--", "up", "--yes", "--skip-preview", "--stack", "local"];
        const update = installation.npm("run", ...up, "--config", "hysds:venue=interrupted");
        await untilSaid(update, "Updating");
        const stop = installation.npm("run", "stop");
        expect(await stop.ended, stop.output()).toBe(0);
        expect(await update.ended).not.toBe(0);
        expect(installation.leftovers()).toEqual([]);
    });
});
