interface Pattern {
    readonly what: string;
    readonly expression: RegExp;
}

/**
 * What credentials look like, by those who issue them:
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes.
 */
const patterns: readonly Pattern[] = [
    { what: "an AWS access key", expression: /\b(AKIA|ASIA)[A-Z2-7]{16}\b/ },
    { what: "a private key", expression: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
    { what: "a GitHub token", expression: /\b(gh[pousr]_\w{36,}|github_pat_\w{22,})/ },
    { what: "a GitLab token", expression: /\bglpat-[\w-]{20,}/ },
    { what: "a Slack token", expression: /\bxox[abeprs]-[\w-]{10,}/ },
    { what: "a Pulumi token", expression: /\bpul-[0-9a-f]{40}\b/ },
    { what: "a JSON Web Token", expression: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
    { what: "a password hash", expression: /\$(2[aby]|5|6|argon2id?)\$[\w./,=$+-]{20,}/ },
    {
        what: "a password in a URL",
        expression: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/:@$%{<]+@/i,
    },
];

const SECRET_NAME = /(pass(word|wd|phrase)?|secret|token|api_?key|access_?key|credentials?|auth)$/i;

/** `password = "…"`, `"token": "…"`, `requirepass …`: a name of a secret and a literal of some length. */
const ASSIGNMENT =
    /([\w.-]*(?:password|passwd|passphrase|secret|token|api_?key|access_?key))["']?\s*[:=]\s*["']?([^\s"',;]{8,})/gi;

/** What stands for a value that is filled in later: `${X}`, `$X`, `%(x)s`, `{{ x }}`, `<x>`, calls and paths. */
const PLACEHOLDER = /^[$%{<[(/]|[({[]|^(true|false|null|none|undefined|changeit)$/i;

/** A run of the letters that keys and tokens are made of, and no shorter. */
const RUN = /[A-Za-z0-9+/_=-]{24,}/g;

/** Bits a letter from which on a run is taken for random; prose and paths have about 4. */
const RANDOM_BITS = 4.2;

/** Shannon entropy, bits a letter. */
export function entropy(text: string): number {
    const counts = new Map<string, number>();
    for (const letter of text) {
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    return [...counts.values()]
        .map((count) => count / text.length)
        .reduce((bits, share) => bits - share * Math.log2(share), 0);
}

/**
 * What kind of credential a text seems to hold; undefined when none. The credential itself is never part of the
 * answer.
 */
export function credentialIn(text: string): string | undefined {
    const match = patterns.find(({ expression }) => expression.test(text));
    if (match) {
        return match.what;
    }
    const assigned = [...text.matchAll(ASSIGNMENT)].find(
        ([, , value = ""]) => !PLACEHOLDER.test(value) && isMixed(value),
    );
    if (assigned) {
        return `a literal for ${assigned[1]}`;
    }
    return [...text.matchAll(RUN)].some(([run]) => isRandom(run)) ? "a random text" : undefined;
}

/** What a literal under a name seems to be: a name of a secret makes every literal one. Other values than texts are read as JSON. */
export function credentialNamed(name: string, value: unknown): string | undefined {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (SECRET_NAME.test(name) && text !== "" && !PLACEHOLDER.test(text)) {
        return `a literal for ${name}`;
    }
    return credentialIn(text);
}

function isRandom(run: string): boolean {
    return isMixed(run) && /[A-Z]/.test(run) && entropy(run) >= RANDOM_BITS;
}

/** Letters and digits, as generated values have and words of a program have not. */
function isMixed(text: string): boolean {
    return /[a-z]/i.test(text) && /\d/.test(text);
}
