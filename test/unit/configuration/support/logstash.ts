/**
 * The strings of a pipeline, as Logstash 7.10 reads them with `config.support_escapes: true`: its grammar's
 * double-quoted string, then escapes, then `${NAME:default}` with no such variable set.
 * https://github.com/elastic/logstash/blob/v7.10.2/logstash-core/lib/logstash/compiler/lscl/lscl_grammar.treetop
 */
export function logstashStrings(source: string): string[] {
    const strings = source.match(/"(?:\\"|[^"])*"/gs) ?? [];
    return strings.map((quoted) => substitute(unescape(quoted.slice(1, -1))));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

function unescape(text: string): string {
    return text.replace(/\\(.)/g, (whole, character: string) =>
        `"'\\`.includes(character) ? character : (ESCAPES[character] ?? whole),
    );
}

function substitute(text: string): string {
    return text.replace(
        /\$\{([a-zA-Z_.][a-zA-Z0-9_.]*)(?::([^}]*))?\}/g,
        (_whole, name: string, fallback?: string) => {
            if (fallback === undefined) {
                throw new Error(`Logstash would ask for the variable ${name}`);
            }
            return fallback;
        },
    );
}

/** Whether every brace and bracket outside strings is closed. */
export function isBalanced(source: string): boolean {
    const bare = source.replace(/"(?:\\"|[^"])*"/gs, "");
    const open: string[] = [];
    for (const character of bare) {
        if ("{[".includes(character)) {
            open.push(character === "{" ? "}" : "]");
        } else if ("}]".includes(character) && open.pop() !== character) {
            return false;
        }
    }
    return open.length === 0;
}
