import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EXIT, OperationsError, oneLine } from "../errors";
import { readText } from "../files";
import { inTemporaryDirectory, unpackArchive } from "../packages/archive";
import { Manifest, parseManifest } from "../packages/manifest";
import { parseRules } from "../rules/rules";
import { Source, sourceOf } from "../search/documents";
import { repeatedKeys } from "./repeated-keys";
import { Material, NOTHING, Part, ruleParts, together } from "./material";

/** Folders of a checkout that are not its own. */
const FOREIGN = new Set([".git", "node_modules", ".venv"]);

const JOB_SPEC = /^job-spec\.json(?:\.(.+))?$/;
const ACTION = /^hysds-io\.json(?:\.(.+))?$/;

/** What lies beside a file: its action or its job type, which it is nothing without. */
export async function besideFile(place: string): Promise<Material> {
    const stat = await fs.stat(place);
    if (stat.isDirectory()) {
        return NOTHING;
    }
    const folder = path.dirname(place);
    const names = (await fs.readdir(folder)).filter(
        (name) => JOB_SPEC.test(name) || ACTION.test(name),
    );
    const files = names.map((name) => path.join(folder, name)).filter((file) => file !== place);
    return together(await Promise.all(files.map(materialOfFile)));
}

/**
 * The documents of a file, or of all files below a directory that are named as missions name them: `job-spec.json.*`,
 * `hysds-io.json.*`, rules (`*rules*.json`), and packages of sds (`manifest.json`, `*.sdspkg.tar`).
 *
 * @throws OperationsError (wrong usage) when it cannot be read, or a file is none of these
 */
export async function materialOf(place: string): Promise<Material> {
    const stat = await fs.stat(place).catch((failure: unknown) => {
        throw usage(`${place} cannot be read: ${oneLine(failure)}`, failure);
    });
    if (stat.isDirectory()) {
        return together(await Promise.all((await filesBelow(place)).map(materialOfFile)));
    }
    const found = await materialOfFile(place);
    if (found === NOTHING) {
        throw usage(
            `${place} is nothing that can be checked: name a job-spec.json.*, a hysds-io.json.*, rules, a package or a directory`,
        );
    }
    return found;
}

async function filesBelow(directory: string): Promise<string[]> {
    const entries = await fs.readdir(directory, { withFileTypes: true });
    const files: string[] = [];
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
        const place = path.join(directory, entry.name);
        if (entry.isDirectory() && !FOREIGN.has(entry.name)) {
            files.push(...(await filesBelow(place)));
        } else if (entry.isFile()) {
            files.push(place);
        }
    }
    return files;
}

async function materialOfFile(file: string): Promise<Material> {
    const name = path.basename(file);
    if (name.endsWith(".sdspkg.tar")) {
        return inTemporaryDirectory(async (directory) =>
            ofManifest((await unpackArchive(file, directory)).manifest, file),
        );
    }
    const read = READERS.find(([pattern]) => pattern.test(name))?.[1];
    if (read === undefined) {
        return NOTHING;
    }
    try {
        const text = await readText(file);
        return read(JSON.parse(text), file, text);
    } catch (failure) {
        if (failure instanceof SyntaxError) {
            return { ...NOTHING, unreadable: [{ where: file, reason: oneLine(failure) }] };
        }
        throw failure;
    }
}

/** What the content of a file is, by its name. */
const READERS: readonly (readonly [
    RegExp,
    (content: unknown, file: string, text: string) => Material,
])[] = [
    [JOB_SPEC, (...read) => ({ ...NOTHING, jobSpecs: [part("job", JOB_SPEC, ...read)] })],
    [ACTION, (...read) => ({ ...NOTHING, actions: [part("hysds-io", ACTION, ...read)] })],
    [/^manifest\.json$/, manifestOf],
    [/rules.*\.json$/, rulesOf],
];

/**
 * A document by the name that HySDS's container builder gives it: what is behind `.json.`, else the repository's.
 * https://github.com/hysds/container-builder/blob/develop/build-container.bash
 */
function part(kind: string, pattern: RegExp, content: unknown, file: string, text: string): Part {
    const name = pattern.exec(path.basename(file))?.[1] ?? repositoryOf(file);
    const repeated = repeatedKeys(text);
    return { id: `${kind}-${name}`, where: file, source: sourceOf(content), repeated };
}

function repositoryOf(file: string): string {
    const folder = path.dirname(path.resolve(file));
    return path.basename(path.basename(folder) === "docker" ? path.dirname(folder) : folder);
}

/** Other programs have manifests too. */
function manifestOf(content: unknown, file: string): Material {
    if (!("job_specs" in sourceOf(content))) {
        return NOTHING;
    }
    const manifest = parseManifest(JSON.stringify(content));
    return "problems" in manifest
        ? { ...NOTHING, unreadable: [{ where: file, reason: manifest.problems.join("; ") }] }
        : ofManifest(manifest, file);
}

/** As `sds rules export` and `hysds-ops rules export` write them; files of other rules are none of ours. */
function rulesOf(content: unknown, file: string): Material {
    const given = sourceOf(content);
    if (!Array.isArray(given.mozart) && !Array.isArray(given.grq)) {
        return NOTHING;
    }
    const rules = parseRules(JSON.stringify({ mozart: [], grq: [], ...given }));
    return "problems" in rules
        ? { ...NOTHING, unreadable: [{ where: file, reason: rules.problems.join("; ") }] }
        : { ...NOTHING, rules: ruleParts(rules, file) };
}

function ofManifest(manifest: Manifest, where: string): Material {
    const { containers, job_specs, hysds_ios, user_rules: rules } = manifest;
    const registered = (source: Source & { readonly id: string }): Part => ({
        id: source.id,
        where,
        source,
    });
    return {
        ...NOTHING,
        containers: [registered(containers)],
        jobSpecs: job_specs.map(registered),
        actions: hysds_ios.map(registered),
        rules: rules === undefined ? [] : ruleParts(rules, where),
    };
}

function usage(why: string, cause?: unknown): OperationsError {
    return new OperationsError(why, { cause, exitCode: EXIT.usage });
}
