import { ConfigurationError } from "../../../components/settings/configuration-error";
import { parseSettings } from "../../../components/settings/parse";
import { Settings } from "../../../components/settings/settings";

/** The configuration of a stack, as its file holds it. */
export interface StackFile {
    readonly values: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
}

/** The settings of a stack file that must be valid. */
export function settingsOf({ values, secretKeys }: StackFile, stack = "test"): Settings {
    const result = parseSettings(values, stack, secretKeys);
    if (result instanceof ConfigurationError) {
        throw result;
    }
    return result;
}

/** What is wrong with a stack file that must not be valid. */
export function errorOf({ values, secretKeys }: StackFile, stack = "test"): ConfigurationError {
    const result = parseSettings(values, stack, secretKeys);
    if (!(result instanceof ConfigurationError)) {
        throw new Error("the configuration is valid");
    }
    return result;
}

/** The commands that a message tells its reader to run. */
export function commandsIn(message: string): readonly string[] {
    return message
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.startsWith("pulumi config "));
}

/** What `pulumi config set` and `pulumi config rm` do to a stack file, as far as our messages use them. */
export function run(command: string, file: StackFile): StackFile {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
        (match) => match[1] ?? match[2] ?? "",
    );
    const verb = words[2];
    const flags = ["--path", "--secret"].filter((flag) => words.includes(flag));
    const [key = "", value = ""] = words.slice(3 + flags.length);
    const values = { ...file.values };
    const [root = "", ...path] = flags.includes("--path") ? segments(key) : [key];
    if (path.length > 0) {
        values[root] = JSON.stringify(
            changed(values[root], path, verb === "set" ? typed(value) : undefined),
        );
    } else if (verb === "set") {
        values[root] = flags.includes("--secret") ? contentOf(words.at(-1)) : value;
    } else {
        delete values[root];
    }
    const secretKeys = flags.includes("--secret") ? [...file.secretKeys, root] : file.secretKeys;
    return { values, secretKeys };
}

/** What the files hold that a command reads a secret from. */
function contentOf(file: string | undefined): string {
    return file === "kubeconfig.yaml" ? "apiVersion: v1\nkind: Config" : "a-secret-of-some-length";
}

function segments(key: string): readonly string[] {
    return [...key.matchAll(/"([^"]*)"|([^.[\]"]+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? "",
    );
}

/** With --path, Pulumi stores words that look like numbers or booleans as such. */
function typed(text: string): unknown {
    return /^(-?\d+|true|false)$/.test(text) ? (JSON.parse(text) as unknown) : text;
}

/** The tree with the leaf at `path` set, or removed when `leaf` is undefined. Pulumi refuses paths into scalars. */
function changed(json: string | undefined, path: readonly string[], leaf: unknown): unknown {
    const tree: unknown = json === undefined ? undefined : JSON.parse(json);
    const at = (node: unknown, [segment = "", ...rest]: readonly string[]): unknown => {
        if (node !== undefined && typeof node !== "object") {
            throw new Error(`${segment} leads into a scalar`);
        }
        const next = rest.length > 0 ? at((node as never)?.[segment], rest) : leaf;
        if (Array.isArray(node) || (node === undefined && /^\d+$/.test(segment))) {
            const list: unknown[] = [...((node as unknown[] | undefined) ?? [])];
            list.splice(Number(segment), 1, ...(next === undefined ? [] : [next]));
            return list;
        }
        return { ...(node as object), [segment]: next };
    };
    return at(tree, path);
}
