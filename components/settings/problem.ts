/** One change of the stack's configuration. */
export type Fix =
    | { readonly set: string; readonly value: string | number | boolean; readonly secret?: boolean }
    | { readonly remove: string };

/** One thing that is wrong with the configuration. */
export interface Problem {
    /** Full key with its namespace, such as `hysds:workers[0].maxReplicas`. */
    readonly key: string;
    /** The value as given; absent when it must not be shown or there is none. */
    readonly value?: string;
    /** What is wrong with it: a clause that continues "hysds:key is value: ". */
    readonly reason: string;
    /** What is allowed instead, in words. */
    readonly allowed?: string;
    /** Commands that fix it, in order. */
    readonly fixes: readonly Fix[];
}

const namespace = "hysds:";

/** Full key of a setting: `hysds:vpcCidr`. */
export function fullKey(key: string): string {
    return /^\w+:/.test(key) ? key : namespace + key;
}

/**
 * Pulumi's path of a part of a value: `workers[0].name`, `imageOverrides["my-image"]`.
 * https://www.pulumi.com/docs/concepts/config/#structured-configuration
 */
export function propertyPath(key: string, path: readonly PropertyKey[]): string {
    return path.reduce<string>((text, segment) => {
        if (typeof segment === "number") {
            return `${text}[${segment}]`;
        }
        const name = String(segment);
        return /^[A-Za-z_]\w*$/.test(name) ? `${text}.${name}` : `${text}["${name}"]`;
    }, key);
}

function quoted(text: string): string {
    return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The Pulumi command that makes one change to the configuration of a stack. */
export function command(fix: Fix, stack: string): string {
    const key = fullKey("set" in fix ? fix.set : fix.remove);
    const path = /[[.]/.test(key) ? "--path " : "";
    const tail = `--stack ${quoted(stack)}`;
    if (!("set" in fix)) {
        return `pulumi config rm ${path}${quoted(key)} ${tail}`;
    }
    // A secret is read from standard input, since a command line ends up in the shell's history.
    return fix.secret
        ? `pulumi config set --secret ${path}${quoted(key)} ${tail} < ${quoted(String(fix.value))}`
        : `pulumi config set ${path}${quoted(key)} ${quoted(String(fix.value))} ${tail}`;
}
