import * as fs from "node:fs/promises";
import * as os from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportedResources, generatedSecrets } from "../e2e/support/secrets";
import { changedResources } from "../e2e/support/stack";
import { jobsAreCounted } from "./scenario/figures";
import { jobsHaveAnIdentity } from "./scenario/identity";
import { jobsSurvive } from "./scenario/interruptions";
import { everyUserRuns, filesAreImported, jobsRun, WORKER_FILES } from "./scenario/jobs";
import { containersThatTell, podsAreWatched } from "./scenario/pods";
import type { World } from "./scenario/world";
import { Installation, temporaryFolder } from "./support/installation";

/** The other choice of each setting that changes how HySDS's processes are laid out. */
const OTHERWISE = {
    "hysds:redisLayout": "separate",
    "hysds:processModel": "supervisord",
    "hysds:containerEngine": "docker",
};

describe.sequential("the local stack on a real node", () => {
    let folder: string;
    let installation: Installation;
    let world: World;
    const given = (): World => world;

    beforeAll(async () => {
        folder = await temporaryFolder(os.tmpdir());
        installation = await Installation.prepare(folder, "local", OTHERWISE);
        await installation.stack.configure(WORKER_FILES.plain);
        await installation.stack.configureSecret(WORKER_FILES.secret);
        world = await installation.world();
    });
    afterAll(async () => {
        await installation.stop();
        await fs.rm(folder, { recursive: true, force: true });
    });

    it("comes up, and every pod is Ready by its own probes", async () => {
        await installation.stack.up();
        await world.pods.untilReady();
    });

    it("has nothing to change the second time", async () => {
        const up = await installation.stack.up();
        expect(Object.fromEntries(changedResources(up))).toEqual({});
    });

    it("is found healthy by its doctor", async () => {
        const { stdout, exitCode } = await world.hysds.operate("doctor");
        expect(exitCode, stdout).toBe(0);
    });

    describe.sequential("a mission's jobs", () => {
        jobsRun(given, "one");
        filesAreImported(given, "one");
        everyUserRuns(given);
        jobsHaveAnIdentity(given);
        jobsSurvive(given, "one");
        jobsAreCounted(given, "one");
    });

    describe.sequential("its pods", () => {
        podsAreWatched(given);
    });

    it("writes no secret into any log", async () => {
        const secrets = await generatedSecrets(installation.stack);
        const all = [...secrets, WORKER_FILES.password];
        expect(await containersThatTell(world, all)).toEqual([]);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await installation.stack.destroy();
        expect(await exportedResources(installation.stack)).toEqual([]);
        expect(await world.pods.all()).toEqual([]);
    });

    // Made anew: a node of two processors has no room for the second pod of each rollout.
    describe.sequential("with a Redis for each part, supervisord in the pods, and Docker", () => {
        it("comes up", async () => {
            await installation.stack.configure(OTHERWISE);
            await installation.stack.up();
            await world.pods.untilReady();
        });
        jobsRun(given, "two");
        filesAreImported(given, "two");
    });
});
