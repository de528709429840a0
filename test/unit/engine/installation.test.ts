import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { writeJson } from "../../../workshop/engine/files";
import { asOnlyCommand } from "../../../workshop/engine/installation";
import { heal, healUpdates, untilNoUpdate } from "../../../workshop/engine/installation/healing";
import { type Holder, InstallationLock } from "../../../workshop/engine/installation/lock";
import {
    endOwned,
    markChildren,
    ownedProcesses,
} from "../../../workshop/engine/installation/ownership";
import { pendingOperations } from "../../../workshop/engine/installation/stack-state";
import { identify, isRunning, ownIdentity } from "../../../workshop/engine/processes";
import { type SessionFolders, sessionFolders } from "../../../contract/local-installation";
import { createSession, readSession } from "../../../workshop/engine/session";
import { createWorkspace } from "../../../workshop/engine/workspace";

/** No process has it: the largest number that Linux gives is one less. */
const GONE = { pid: 2 ** 22, startedAt: "1" };
const patience = { timeout: 10_000, interval: 20 };
const holder = (command: string): Holder => ({
    ...ownIdentity(),
    command,
    since: "2026-01-01T00:00:00Z",
});

let folders: SessionFolders;
let children: ChildProcess[];
const environment = { ...process.env };

beforeEach(() => {
    folders = sessionFolders({ HYSDS_PULUMI_STATE: mkdtempSync(join(tmpdir(), "hysds-heal-")) });
    children = [];
});
afterEach(() => {
    process.env = { ...environment };
    children.forEach((child) => child.kill("SIGKILL"));
    rmSync(folders.root, { recursive: true, force: true });
});

/** A process that runs until it is told to end. */
function sleeper(env = process.env): ChildProcess {
    const child = spawn("sleep", ["60"], { env, stdio: "ignore" });
    children.push(child);
    return child;
}

/** The environment of what a command started that has since been killed. */
function leftByKilledCommand(): NodeJS.ProcessEnv {
    markChildren(folders.root);
    return { ...process.env, HYSDS_PULUMI_COMMAND: `${GONE.pid}@${GONE.startedAt}` };
}

async function healed(): Promise<string[]> {
    const said: string[] = [];
    await heal(folders, (line) => said.push(line));
    return said;
}

function lockStack(pid: number | undefined, host = hostname()): string {
    const file = join(
        folders.workspace,
        "state/.pulumi/locks/organization/hysds/local",
        `${pid}.json`,
    );
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, pid === undefined ? "" : JSON.stringify({ pid, hostname: host }));
    writeFileSync(`${file}.attrs`, "{}");
    return file;
}

describe("the lock of an installation", () => {
    const acquire = (command: string, told: string[] = []): Promise<InstallationLock> =>
        InstallationLock.acquire(folders.root, holder(command), (other) => {
            told.push(other.command);
        });

    it("is had by one command at a time, and tells the next whom it waits for", async () => {
        const told: string[] = [];
        const first = await acquire("npm start");
        const second = acquire("npm run stop", told);
        await vi.waitFor(() => expect(told).toEqual(["npm start"]), patience);
        first.release();
        (await second).release();
        expect(existsSync(folders.root)).toBe(false);
    });

    it("is taken at once from a command that was killed, by one of those that want it", async () => {
        symlinkSync(`${GONE.pid} ${GONE.startedAt} - npm start`, join(folders.root, "command"));
        const inside: string[] = [];
        let most = 0;
        const use = async (name: string): Promise<void> => {
            const lock = await acquire(name);
            inside.push(name);
            most = Math.max(most, inside.length);
            await new Promise((resolve) => setTimeout(resolve, 20));
            inside.pop();
            lock.release();
        };
        await Promise.all(["a", "b", "c", "d"].map(use));
        expect(most).toBe(1);
    });

    it("keeps what the installation has", async () => {
        const lock = await acquire("npm start");
        await createSession(folders);
        lock.release();
        expect(readdirSync(folders.root)).toEqual(["session.json"]);
    });
});

describe("the processes of an installation", () => {
    it("are found also when what started them is gone, and nobody else's are", async () => {
        const stranger = sleeper();
        markChildren(folders.root);
        const shell = spawn("sh", ["-c", "sleep 60 & echo $!"]);
        const [output] = (await once(shell.stdout, "data")) as [Buffer];
        const orphan = identify(Number(output.toString()));
        expect(ownedProcesses(folders.root)).toMatchObject([
            { ...orphan, startedBy: ownIdentity() },
        ]);
        expect(ownedProcesses(join(folders.root, "other"))).toEqual([]);

        expect(await endOwned(folders.root, () => true)).toBe(1);
        expect(orphan && isRunning(orphan)).toBe(false);
        expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    });

    it("end with the command that started them, when their own parent was killed", async () => {
        let orphan: ReturnType<typeof identify>;
        await asOnlyCommand(folders, "npm start", vi.fn(), async () => {
            const shell = spawn("sh", ["-c", "sleep 60 & echo $!; kill -9 $$"]);
            const [output] = (await once(shell.stdout, "data")) as [Buffer];
            orphan = identify(Number(output.toString()));
            expect(orphan).toBeDefined();
        });
        expect(orphan && isRunning(orphan)).toBe(false);
    });
});

describe("healing", () => {
    it("has nothing to say, and touches nothing, where nothing is amiss", async () => {
        const session = await createSession(folders);
        await createWorkspace(folders.workspace, session.passphrase);
        markChildren(folders.root);
        const update = sleeper();
        const lock = lockStack(update.pid);
        expect(await healed()).toEqual([]);
        expect(update.signalCode).toBeNull();
        expect(existsSync(lock)).toBe(true);
        expect(readSession(folders)).toEqual(session);
    });

    it("ends what a killed command left, and unlocks the stack that it held", async () => {
        await createSession(folders);
        const update = sleeper(leftByKilledCommand());
        const lock = lockStack(update.pid);
        await once(update, "spawn");
        expect(await healed()).toEqual([
            "Healed: ended a process that a killed command had left; " +
                `unlocked the stack, which killed process ${update.pid} held`,
        ]);
        expect(readdirSync(dirname(lock))).toEqual([]);
    });

    it("unlocks a stack whose holder died before it had written its name, and leaves another machine's", async () => {
        await createSession(folders);
        const foreign = lockStack(GONE.pid, "elsewhere");
        const own = lockStack(undefined);
        await healUpdates(folders, vi.fn());
        expect([existsSync(own), existsSync(foreign)]).toEqual([false, true]);
    });

    it("waits for an update in another terminal", async () => {
        await createSession(folders);
        markChildren(folders.root);
        const update = sleeper();
        lockStack(update.pid);
        const said: string[] = [];
        const waiting = untilNoUpdate(folders, (line) => said.push(line));
        await vi.waitFor(() => expect(said[0]).toMatch(`process ${update.pid}`), patience);
        update.kill();
        await waiting;
    });

    it.each([
        ["an empty session", (): void => writeFileSync(join(folders.root, "session.json"), "")],
        ["no session", (): void => undefined],
    ])("removes what cannot be read any more: %s", async (_what, damage) => {
        await createWorkspace(folders.workspace, "lost");
        damage();
        expect(await healed()).toEqual([
            "Healed: removed the files of an installation whose session was lost",
        ]);
        expect(readdirSync(folders.root)).toEqual([]);
    });

    it("removes nothing of an installation on the user's own cluster", async () => {
        await createWorkspace(folders.workspace, "lost");
        const stack = 'config:\n  "hysds:kubernetesContext": minikube\n';
        writeFileSync(join(folders.workspace, "Pulumi.local.yaml"), stack);
        writeFileSync(join(folders.root, "session.json"), "");
        await expect(healed()).rejects.toThrow(/lost the passphrase .*kubectl --context minikube/);
        expect(existsSync(folders.workspace)).toBe(true);
    });

    it("brings back a stack file that a full disk has emptied", async () => {
        const { passphrase } = await createSession(folders);
        const file = join(folders.workspace, "Pulumi.local.yaml");
        await createWorkspace(folders.workspace, passphrase);
        writeFileSync(file, "");
        expect((await healed())[0]).toMatch("Pulumi.local.yaml was empty");
        expect(existsSync(file)).toBe(false);
    });
});

it("counts the operations that a killed update was at", () => {
    const folder = join(folders.workspace, "state/.pulumi/stacks/hysds");
    mkdirSync(folder, { recursive: true });
    expect(pendingOperations(folders.workspace, "local")).toBe(0);
    const latest = { pending_operations: [{ type: "creating" }] };
    writeJson(join(folder, "local.json"), { version: 3, checkpoint: { latest } });
    expect(pendingOperations(folders.workspace, "local")).toBe(1);
});
