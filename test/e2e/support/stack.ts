import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import {
    EngineEvent,
    LocalWorkspace,
    OpType,
    PulumiCommand,
    Stack,
} from "@pulumi/pulumi/automation";
import { execa, ResultPromise } from "execa";
import { inject } from "vitest";
import { createWorkspace, Workspace } from "../../../workshop/engine/workspace";

/** One operation of the engine: what it said while it ran. */
export interface Run {
    readonly events: EngineEvent[];
    readonly output: string;
    /** Count of resources by what was done to them: `{ create: 12, same: 3 }`. */
    readonly changes: Partial<Record<OpType, number>>;
}

export interface StackOptions {
    /** `local`, `dev` or `prod`: which Pulumi.<name>.yaml. */
    readonly name: string;
    /** Configuration beside the stack file's, by full key. */
    readonly config?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
}

/** What a preview looks with. */
export interface PreviewOptions {
    /** Folders of policy packs. */
    readonly policyPacks?: string[];
    /** Their configuration files, in the same order. */
    readonly policyPackConfigs?: string[];
    /** Told of each event as it comes; a preview that is refused returns none. */
    readonly onEvent?: (event: EngineEvent) => void;
}

type Operation = "preview" | "up" | "refresh" | "destroy";

/** A stack of this program on the real engine, with its state in a temporary folder. */
export class StackUnderTest {
    private constructor(
        public readonly workspace: Workspace,
        public readonly stack: Stack,
        public readonly env: Readonly<Record<string, string>>,
    ) {}

    /** Creates the stack, with nothing in it. */
    static async open(options: StackOptions): Promise<StackUnderTest> {
        const dir = await fs.mkdtemp(path.join(os.tmpdir(), `hysds-${options.name}-`));
        const workspace = await createWorkspace(dir, "correct horse battery staple");
        const env = { ...inject("engineEnv"), ...workspace.env, ...options.env };
        const pulumiCommand = await PulumiCommand.get({ root: inject("pulumiRoot") });
        const localWorkspace = await LocalWorkspace.create({
            workDir: dir,
            envVars: env,
            pulumiCommand,
        });
        const stack = await Stack.createOrSelect(options.name, localWorkspace);
        const underTest = new StackUnderTest(workspace, stack, env);
        await underTest.configure(options.config ?? {});
        return underTest;
    }

    async configure(config: Readonly<Record<string, string>>): Promise<void> {
        for (const [key, value] of Object.entries(config)) {
            await this.stack.setConfig(key, { value }, key.includes("[") || key.includes("."));
        }
    }

    /** Values that the stack's file keeps encrypted. */
    async configureSecret(config: Readonly<Record<string, string>>): Promise<void> {
        for (const [key, value] of Object.entries(config)) {
            const isPath = key.includes("[") || key.includes(".");
            await this.stack.setConfig(key, { value, secret: true }, isPath);
        }
    }

    preview(options: PreviewOptions = {}): Promise<Run> {
        return this.run("preview", options);
    }

    up(): Promise<Run> {
        return this.run("up");
    }

    refresh(): Promise<Run> {
        return this.run("refresh");
    }

    destroy(): Promise<Run> {
        return this.run("destroy");
    }

    /** Runs the CLI on this stack as a process of its own. */
    cli(...args: string[]): ResultPromise<{ encoding: "utf8" }> {
        const command = path.join(inject("pulumiRoot"), "bin", "pulumi");
        return execa(command, [...args, "--stack", this.stack.name, "--non-interactive"], {
            cwd: this.workspace.dir,
            // Without it the CLI has no --event-log.
            env: { ...this.env, PULUMI_DEBUG_COMMANDS: "true" },
        });
    }

    /** Removes the temporary folder; whatever the stack still holds is forgotten. */
    async dispose(): Promise<void> {
        await fs.rm(this.workspace.dir, { recursive: true, force: true });
    }

    private async run(operation: Operation, options: PreviewOptions = {}): Promise<Run> {
        const events: EngineEvent[] = [];
        const chunks: string[] = [];
        await this.stack[operation]({
            ...options,
            onEvent: (event: EngineEvent) => {
                if (!isDebugMessage(event)) {
                    events.push(event);
                    options.onEvent?.(event);
                }
            },
            onOutput: (chunk: string) => chunks.push(chunk),
        });
        const changes = events.find((event) => event.summaryEvent)?.summaryEvent?.resourceChanges;
        return { events, output: chunks.join(""), changes: changes ?? {} };
    }
}

/**
 * Pulumi's SDKs write their gRPC traffic, secrets included, into messages of severity `debug`. The engine hands those
 * to this test's listener, but shows and sends them nowhere unless it is run with `--debug`.
 */
function isDebugMessage({ diagnosticEvent }: EngineEvent): boolean {
    // The SDK's type leaves this severity out.
    const severity: string | undefined = diagnosticEvent?.severity;
    return severity === "debug";
}

/** What a run did to each resource, by URN; resources left as they were are not in it. */
export function changedResources(run: Run): Map<string, OpType> {
    const changed = new Map<string, OpType>();
    for (const event of run.events) {
        const metadata = event.resourcePreEvent?.metadata;
        if (metadata && metadata.op !== "same" && metadata.op !== "read") {
            changed.set(metadata.urn, metadata.op);
        }
    }
    return changed;
}

/** Every resource a preview or update went over, by URN. */
export function visitedResources(run: Run): Set<string> {
    return new Set(
        run.events.flatMap((event) => {
            const urn = event.resourcePreEvent?.metadata.urn;
            return urn ? [urn] : [];
        }),
    );
}
