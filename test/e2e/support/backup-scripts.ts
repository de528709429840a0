import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { scripts } from "../../../components/operations/backups/scripts";
import { StoreKind } from "../../../components/operations/backups/store";
import { consumerPython } from "./consumers/installations";

/** How one run of the scripts ended. */
export interface Run {
    readonly exitCode?: number;
    readonly stderr: string;
    /** The JSON of its last line; undefined when it failed. */
    readonly answer?: Readonly<Record<string, unknown>>;
}

/** Answer of `take`. */
export interface Taken {
    readonly taken: string;
    readonly removed: readonly string[];
}

/** Answer of `list`. */
export interface Listed {
    readonly backups: readonly { readonly name: string; readonly state: string }[];
}

/** Answer of `restore --dry-run`. */
export interface Overwritten {
    readonly overwrites: readonly {
        readonly what: string;
        readonly now: unknown;
        readonly backup: unknown;
    }[];
}

/** The scripts of one store as its pods have them, with a store.json of the test's. */
export class BackupScripts {
    private constructor(
        private readonly python: string,
        private readonly folder: string,
        private readonly environment: Readonly<Record<string, string>>,
    ) {}

    /** @param folder for the scripts; made when it is not there */
    static async install(
        folder: string,
        kind: StoreKind,
        store: Readonly<Record<string, unknown>>,
        environment: Readonly<Record<string, string>> = {},
    ): Promise<BackupScripts> {
        await mkdir(folder, { recursive: true });
        const files = {
            ...scripts(kind),
            "store.json": JSON.stringify({ kind, retentionDays: 7, ...store }),
        };
        for (const [name, text] of Object.entries(files)) {
            await writeFile(join(folder, name), text, { mode: 0o600 });
        }
        return new BackupScripts(await consumerPython(), folder, {
            PYTHONDONTWRITEBYTECODE: "1",
            ...environment,
        });
    }

    /** Runs them with arguments, as the container of a backup does. */
    async run(...args: string[]): Promise<Run> {
        const { exitCode, stdout, stderr } = await execa(
            this.python,
            [join(this.folder, "backup.py"), ...args],
            { env: this.environment, reject: false },
        );
        const last = stdout.trim().split("\n").pop();
        const answer =
            exitCode === 0 ? (JSON.parse(last ?? "") as Record<string, unknown>) : undefined;
        return { exitCode, stderr, answer };
    }

    /**
     * The answer of a run that should succeed.
     *
     * @throws Error with what it wrote when it did not
     */
    async answer<Answer>(...args: string[]): Promise<Answer> {
        const { answer, stderr } = await this.run(...args);
        if (!answer) {
            throw new Error(stderr);
        }
        return answer as Answer;
    }
}
