import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const scalarOrTree = z.unknown();

const projectFile = z.object({
    name: z.string(),
    main: z.string().optional(),
    config: z.record(z.string(), scalarOrTree).optional(),
});

const stackFile = z.object({ config: z.record(z.string(), scalarOrTree).nullish() }).nullish();

/** A project and the configuration of one of its stacks, as the Pulumi CLI hands them to the program. */
export interface StackConfiguration {
    readonly project: string;
    /** Absolute path of the program. */
    readonly program: string;
    /** Values by full key (`hysds:stack`), as the text that the CLI passes on. */
    readonly values: Record<string, string>;
    readonly secretKeys: string[];
}

/** Values by key; one that is encrypted as a stack file has it, `{ secure: "…" }`. */
export type Overrides = Readonly<Record<string, string | { readonly secure: string }>>;

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a project.
 *
 * Values encrypted in the stack file stay closed: the program gets a placeholder, marked secret.
 *
 * @param overrides values by key, with or without the project's namespace, over those of the files.
 * @throws Error when a file is missing or is not what Pulumi expects.
 */
export function readStackConfiguration(
    directory: string,
    stack: string,
    overrides: Overrides = {},
): StackConfiguration {
    const project = projectFile.parse(readYaml(path.join(directory, "Pulumi.yaml")));
    const ofStack = stackFile.parse(readYaml(path.join(directory, `Pulumi.${stack}.yaml`)));
    const values: Record<string, string> = {};
    const secretKeys: string[] = [];
    const set = (key: string, value: unknown): void => {
        const fullKey = key.includes(":") ? key : `${project.name}:${key}`;
        if (isEncrypted(value)) {
            secretKeys.push(fullKey);
        }
        values[fullKey] = isEncrypted(value) ? `encrypted-value-of-${key}` : asText(value);
    };
    for (const [key, declaration] of Object.entries(project.config ?? {})) {
        const value = defaultOf(declaration);
        if (value !== undefined) {
            set(key, value);
        }
    }
    Object.entries(ofStack?.config ?? {}).forEach(([key, value]) => set(key, value));
    Object.entries(overrides).forEach(([key, value]) => set(key, value));
    const program = path.resolve(directory, project.main ?? "index.ts");
    return { project: project.name, program, values, secretKeys };
}

function readYaml(file: string): unknown {
    if (!fs.existsSync(file)) {
        throw new Error(`${file} does not exist`);
    }
    return parse(fs.readFileSync(file, "utf8"));
}

// https://www.pulumi.com/docs/iac/concepts/projects/project-file/#config-options: an entry is a value, or an object
// with `default` (keys of the project) or `value` (keys of providers).
function defaultOf(declaration: unknown): unknown {
    const entry = z.object({ default: z.unknown(), value: z.unknown() }).partial();
    const parsed = entry.safeParse(declaration);
    return parsed.success ? (parsed.data.value ?? parsed.data.default) : declaration;
}

function isEncrypted(value: unknown): boolean {
    return z.object({ secure: z.string() }).safeParse(value).success;
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
