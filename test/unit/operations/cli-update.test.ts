import { afterEach, describe, expect, it } from "vitest";
import { updateCommand } from "../../../cli/commands/update";
import { SettingChange, StackConfiguration } from "../../../cli/update/image-changes";
import { ManagedStack } from "../../../cli/update/managed-stack";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { runCommand } from "../../support/operations/run-command";

/** A stack in memory whose images may be refused: settings by path, and what each `up` was given. */
class MemoryStack implements ManagedStack {
    public readonly rollouts: Record<string, string>[] = [];

    constructor(
        public settings: Record<string, string>,
        private readonly broken: string,
        private readonly invalid: boolean,
    ) {}

    configuration(): Promise<StackConfiguration> {
        const overrides = Object.entries(this.settings).flatMap(([path, value]) => {
            const [, image] = /^hysds:imageOverrides\["(.+)"\]$/.exec(path) ?? [];
            return image ? [[image, value]] : [];
        });
        return Promise.resolve({
            ...this.settings,
            "hysds:imageOverrides": JSON.stringify(Object.fromEntries(overrides)),
        });
    }

    configure(changes: readonly SettingChange[]): Promise<void> {
        for (const { path, after } of changes) {
            if (after === undefined) {
                delete this.settings[path];
            } else {
                this.settings[path] = after;
            }
        }
        return Promise.resolve();
    }

    preview(): Promise<string> {
        return this.invalid
            ? Promise.reject(new Error("imageTag is refused"))
            : Promise.resolve("~ kubernetes:apps/v1:Deployment mozart update");
    }

    up(): Promise<void> {
        this.rollouts.push({ ...this.settings });
        return Object.values(this.settings).some((value) => value.endsWith(this.broken))
            ? Promise.reject(new Error("mozart: ImagePullBackOff"))
            : Promise.resolve();
    }
}

let installation: FakeInstallation | undefined;

afterEach(() => installation?.stop());

const REGISTRY = "registry.example.org/hysds";
const SETTINGS = { "hysds:imageRegistry": REGISTRY, "hysds:imageTag": "1.0.0" };
const MOZART = 'hysds:imageOverrides["mozart"]';

async function update(
    args: string[],
    settings: Record<string, string> = SETTINGS,
    { answer = true, broken = ":broken", invalid = false } = {},
) {
    installation = await FakeInstallation.start();
    const stack = new MemoryStack({ ...settings }, broken, invalid);
    const ran = await runCommand(["update", ...args], {
        commands: [(context) => updateCommand(context, () => Promise.resolve(stack))],
        installation,
        answer,
    });
    return { ...ran, stack };
}

describe("update", () => {
    it("names the image in the settings, so that a later pulumi up agrees", async () => {
        const { exitCode, stack, stderr, stdout, questions } = await update([
            ...["mozart", "--tag", "1.1.0"],
        ]);
        expect(exitCode).toBe(0);
        expect(stack.settings).toEqual({ ...SETTINGS, [MOZART]: `${REGISTRY}/mozart:1.1.0` });
        expect(stack.rollouts).toEqual([stack.settings]);
        expect(stderr).toMatch(
            /"mozart"\] +\(none\) +registry\.example\.org\/hysds\/mozart:1\.1\.0/,
        );
        expect(stderr).toContain("Deployment mozart update");
        expect(questions).toEqual(["Update?"]);
        expect(stdout).toContain("Commit Pulumi.test.yaml");
    });

    it("does nothing when the answer is no", async () => {
        const { exitCode, stack } = await update(["mozart", "--tag", "2"], SETTINGS, {
            answer: false,
        });
        expect(exitCode).toBe(1);
        expect(stack).toMatchObject({ settings: SETTINGS, rollouts: [] });
    });

    it("does nothing when the preview fails", async () => {
        const { exitCode, stack, stderr } = await update(["all", "--tag", "2", "--yes"], SETTINGS, {
            invalid: true,
        });
        expect(exitCode).toBe(1);
        expect(stderr).toContain("nothing was done: imageTag is refused");
        expect(stack).toMatchObject({ settings: SETTINGS, rollouts: [] });
    });

    it("rolls settings and workloads back when the rollout fails", async () => {
        const before = { ...SETTINGS, [MOZART]: `${REGISTRY}/mozart:1.0.5` };
        const { exitCode, stack, stderr } = await update(
            ["mozart", "--tag", "broken", "--yes"],
            before,
        );
        expect(exitCode).toBe(1);
        expect(stderr).toContain("ImagePullBackOff");
        expect(stack.settings).toEqual(before);
        expect(stack.rollouts).toEqual([
            { ...before, [MOZART]: `${REGISTRY}/mozart:broken` },
            before,
        ]);
    });

    it("says what is left to do when going back fails too", async () => {
        const { exitCode, stderr } = await update(["all", "--tag", "2", "--yes"], SETTINGS, {
            broken: "",
        });
        expect(exitCode).toBe(1);
        expect(stderr).toContain('run "pulumi up"');
    });

    it("takes names of single images away when all change", async () => {
        const { stack } = await update(["all", "--tag", "2", "--yes"], {
            ...SETTINGS,
            [MOZART]: `${REGISTRY}/mozart:1.1.0`,
            'hysds:imageOverrides["podman"]': "quay.io/podman/stable:v5",
        });
        expect(stack.settings).toEqual({
            ...SETTINGS,
            "hysds:imageTag": "2",
            'hysds:imageOverrides["podman"]': "quay.io/podman/stable:v5",
        });
    });

    it("updates both images of grq, in the registry that each has", async () => {
        const { stack } = await update(["grq", "--tag", "2", "--yes"], {
            ...SETTINGS,
            'hysds:imageOverrides["pele"]': "other.example.org:5000/pele:1",
        });
        expect(stack.settings).toMatchObject({
            'hysds:imageOverrides["grq2"]': `${REGISTRY}/grq2:2`,
            'hysds:imageOverrides["pele"]': "other.example.org:5000/pele:2",
        });
    });

    it("updates the image of a worker pool", async () => {
        const pools = [{ name: "a" }, { name: "sar", image: "example.org/sar:1" }];
        const { stack } = await update(["sar", "--tag", "2", "--yes"], {
            ...SETTINGS,
            "hysds:workers": JSON.stringify(pools),
        });
        expect(stack.settings["hysds:workers[1].image"]).toBe("example.org/sar:2");
    });

    it("takes a digest by --image, and says so where a tag would replace one", async () => {
        const digest = `${REGISTRY}/mozart@sha256:${"0".repeat(64)}`;
        const { stack } = await update(["mozart", "--image", digest, "--yes"]);
        expect(stack.settings[MOZART]).toBe(digest);
        const pinned = { ...SETTINGS, [MOZART]: digest };
        for (const component of ["mozart", "all"]) {
            const refused = await update([component, "--tag", "2", "--yes"], pinned);
            expect(refused.exitCode).toBe(2);
            expect(refused.stderr).toContain(`mozart --image ${REGISTRY}/mozart@sha256:`);
            expect(refused.stack.settings).toEqual(pinned);
        }
    });

    it("asks nothing when there is nothing to do", async () => {
        const { exitCode, stack, questions } = await update(["all", "--tag", "1.0.0"]);
        expect({ exitCode, questions }).toEqual({ exitCode: 0, questions: [] });
        expect(stack.rollouts).toEqual([]);
    });

    it.each([
        [["mozart"], "either --tag or --image"],
        [["mozart", "--tag", "1", "--image", "example.org/a:1"], "either --tag or --image"],
        [["mozart", "--tag", "latest"], "other than latest"],
        [["mozart", "--image", "mozart"], "full reference"],
        [["grq", "--image", "example.org/a:1"], "grq2 and pele"],
        [["all", "--image", "example.org/a:1"], "say which component"],
        [["metrics", "--tag", "1"], "there is no component metrics: there are all, grq, ui, core"],
    ])("refuses %j", async (args, problem) => {
        const { exitCode, stderr, stack } = await update(args);
        expect(exitCode).toBe(2);
        expect(stderr).toContain(problem);
        expect(stack.settings).toEqual(SETTINGS);
    });
});
