/** Spellings of Python's `re` that JavaScript has by another name. */
const TRANSLATIONS: readonly (readonly [RegExp, string])[] = [
    [/\(\?P</g, "(?<"],
    [/\(\?P=(\w+)\)/g, "\\k<$1>"],
    [/\\A/g, "^"],
    [/\\Z/g, "$"],
    // Flags for the whole pattern, at its start: they change what matches, not whether it compiles.
    [/^\(\?[aiLmsux]+\)/, ""],
    [/\(\?#[^)]*\)/g, ""],
];

/** A group that is named as in JavaScript, which Python refuses: `unknown extension ?<i`. */
const FOREIGN_GROUP = /\(\?<[^=!]/;

/**
 * Whether text is plausibly a regular expression of Python's `re`, by compiling what it is in JavaScript. What only
 * Python could tell passes here, and HySDS says it at the first dataset.
 */
export function isPythonPattern(text: string): boolean {
    if (FOREIGN_GROUP.test(text)) {
        return false;
    }
    const translated = TRANSLATIONS.reduce(
        (pattern, [python, javascript]) => pattern.replace(python, javascript),
        text,
    );
    try {
        new RegExp(translated);
        return true;
    } catch {
        return false;
    }
}

/** Names of the groups of a Python pattern, in order. */
export function groupNames(pattern: string): readonly string[] {
    return [...pattern.matchAll(/\(\?P<(\w+)>/g)].flatMap(([, name]) => name ?? []);
}
