import { isDeepStrictEqual } from "node:util";
import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { DEFAULTS } from "./inputs";
import { rowOf } from "./resources";
import { ReplaceRule } from "./resources/row";
import { DiffResult } from "./wire/service";
import { isObject, Properties, Value } from "./wire/values";

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
const REPLACING = new Map([
    [ADD, ADD_REPLACE],
    [DELETE, DELETE_REPLACE],
    [UPDATE, UPDATE_REPLACE],
]);

type Kinds = Map<string, PropertyDiff.Kind>;

/** Every place where two values differ, by path. */
function differences(
    old: Value | undefined,
    now: Value | undefined,
    path: string,
    found: Kinds,
): void {
    if (isDeepStrictEqual(old, now)) {
        return;
    }
    if (isObject(old) && isObject(now)) {
        for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
            differences(old[key], now[key], path ? `${path}.${key}` : key, found);
        }
    } else if (Array.isArray(old) && Array.isArray(now)) {
        for (let i = 0; i < Math.max(old.length, now.length); i += 1) {
            differences(old[i], now[i], `${path}[${i}]`, found);
        }
    } else {
        found.set(path, old === undefined ? ADD : now === undefined ? DELETE : UPDATE);
    }
}

function within(path: string, ancestor: string): boolean {
    return path === ancestor || path.startsWith(`${ancestor}.`) || path.startsWith(`${ancestor}[`);
}

/** A path forces replacement when it is in a ruled one, or when it is a whole block that holds one. */
function replaces(path: string, rules: readonly ReplaceRule[]): boolean {
    return rules.some((rule) =>
        typeof rule === "string" ? within(path, rule) || within(rule, path) : path === rule.path,
    );
}

/**
 * What the provider finds different between the inputs of the last deployment and the new ones, and whether it can be
 * changed in place. A resource whose name the program chose cannot exist twice, so it is deleted before its replacement.
 *
 * @param olds and `news` without secret marks.
 */
export function diffInputs(
    type: string,
    olds: Properties,
    news: Properties,
    namedByProgram: boolean,
): DiffResult {
    const row = rowOf(type);
    const thisTime = row.replacesWhen?.(olds, news) ?? [];
    const ignored = [DEFAULTS, ...(row.ignoresChangeOf?.(news) ?? [])];
    const found: Kinds = new Map();
    differences(olds, news, "", found);
    const details: Kinds = new Map();
    const replaced = new Set<string>();
    for (const [path, kind] of found) {
        const property = path.split(/[.[]/)[0] ?? path;
        if (ignored.includes(property)) {
            continue;
        }
        const replacing =
            replaces(path, row.replaceOn ?? []) || thisTime.some((top) => within(path, top));
        details.set(path, (replacing && REPLACING.get(kind)) || kind);
        if (replacing) {
            replaced.add(property);
        }
    }
    const changed = new Set([...details.keys()].map((path) => path.split(/[.[]/)[0] ?? path));
    return {
        details,
        changed: [...changed],
        replaces: [...replaced],
        deleteBeforeReplace: replaced.size > 0 && namedByProgram,
    };
}

/** Whether an update changes more than tags, which AWS keeps beside the versions of a thing. */
export function isRevised(olds: Properties, news: Properties): boolean {
    const names = [...Object.keys(olds), ...Object.keys(news)];
    return names
        .filter((name) => name !== "tags" && name !== DEFAULTS)
        .some((name) => !isDeepStrictEqual(olds[name], news[name]));
}

/**
 * What an update leaves in AWS: the new inputs, but for those that the provider does not send, because it does not
 * notice their change or because its state has them already, whatever AWS has by now.
 */
export function sentInputs(
    type: string,
    state: Properties,
    news: Properties,
    actual: Properties,
): Properties {
    const row = rowOf(type);
    const unnoticed = row.ignoresChangeOf?.(news) ?? [];
    const unchanged = (row.sentWhenChanged ?? []).filter((name) =>
        isDeepStrictEqual(state[name], news[name]),
    );
    const kept = [...unnoticed, ...unchanged].filter((name) => name in actual);
    return { ...news, ...Object.fromEntries(kept.map((name) => [name, actual[name] as Value])) };
}
