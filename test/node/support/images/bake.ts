import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@cdktn/hcl2json";
import { PROJECT_ROOT } from "../../../../workshop/engine/toolchain/versions";

/** One target of docker-bake.hcl, with every variable in its place. */
export interface BakeTarget {
    readonly name: string;
    /** Directory of the Dockerfile, absolute. */
    readonly context: string;
    /** Named build contexts: `target:NAME` for another target, else an absolute directory. */
    readonly contexts: Readonly<Record<string, string>>;
    readonly args: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
}

type Block<Body> = Readonly<Record<string, readonly Body[]>>;

interface BakeFile {
    readonly variable: Block<{ readonly default: unknown }>;
    readonly group: Block<{ readonly targets: readonly string[] }>;
    readonly target: Block<Partial<Omit<BakeTarget, "name">> & { readonly inherits?: string[] }>;
}

const BAKE_FILE = join(PROJECT_ROOT, "images", "docker-bake.hcl");

/**
 * What `docker buildx bake` would build: the default group and the targets that it is built on, each after those.
 *
 * @param variables values of the bake file's variables, which default to its own
 * @throws Error when a target names a variable or a target that the file lacks
 */
export async function bakeTargets(
    variables: Readonly<Record<string, string>>,
): Promise<BakeTarget[]> {
    const file = (await parse("docker-bake.hcl", await readFile(BAKE_FILE, "utf8"))) as BakeFile;
    const resolve = resolver(file, variables);
    const targets = new Map<string, BakeTarget>();
    const add = (name: string): void => {
        const target = resolveTarget(file, name, resolve);
        for (const context of Object.values(target.contexts)) {
            if (context.startsWith("target:")) {
                add(context.slice("target:".length));
            }
        }
        targets.set(name, targets.get(name) ?? target);
    };
    file.group["default"]?.[0]?.targets.forEach(add);
    return [...targets.values()];
}

/** Puts variables into a text of the file, which the reader leaves as `${NAME}`. */
function resolver(
    { variable }: BakeFile,
    given: Readonly<Record<string, string>>,
): (text: string) => string {
    const resolve = (text: string): string =>
        withoutConditions(text).replace(/\$\{([^}]*)\}/g, (_, name: string) => {
            const value = given[name] ?? variable[name]?.[0]?.default;
            if (typeof value !== "string") {
                throw new Error(`docker-bake.hcl: no text is known for \${${name}}`);
            }
            return resolve(value);
        });
    return resolve;
}

/** Takes what the file says for a release in a directory: `SOURCE` is empty, and conditions ask for nothing else. */
function withoutConditions(text: string): string {
    return text.replace(/^\$\{SOURCE == "" \? (\w+) : .*\}$/s, "${$1}");
}

/** Arguments of a target and of those it inherits from. Those for a release from Git alone are a condition: a text. */
function mergedArgs(targets: readonly Partial<BakeTarget>[]): Readonly<Record<string, string>> {
    const records = targets.map(({ args }) => (typeof args === "object" ? args : {}));
    return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}

function resolveTarget(
    file: BakeFile,
    name: string,
    resolve: (text: string) => string,
): BakeTarget {
    const own = file.target[name]?.[0];
    if (own === undefined) {
        throw new Error(`docker-bake.hcl has no target ${name}`);
    }
    const inherited = (own.inherits ?? []).flatMap((parent) => file.target[parent]?.[0] ?? []);
    const all = Object.assign({}, ...inherited, own) as typeof own;
    const map = (record: Readonly<Record<string, string>> = {}) =>
        Object.entries(record).map(([key, value]) => [key, resolve(value)] as const);
    const directory = (path: string): string => join(PROJECT_ROOT, path);
    return {
        name,
        context: directory(all.context ?? ""),
        contexts: Object.fromEntries(
            map(all.contexts).map(([key, value]) => [
                key,
                value.startsWith("target:") || value.startsWith("/") ? value : directory(value),
            ]),
        ),
        args: Object.fromEntries(map(mergedArgs([...inherited, own]))),
        tags: (all.tags ?? []).map(resolve),
    };
}
