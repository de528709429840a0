/** A value of a setting. */
export type Value = string | number | boolean | Value[] | { [key: string]: Value };

/** One plugin with its settings, or plugins under a condition. */
export type Stage =
    | { readonly plugin: string; readonly settings: Readonly<Record<string, Value>> }
    | { readonly condition: string; readonly then: readonly Stage[]; readonly else: boolean };

/** A setting that is a text; empty where it is something else. */
export function textOf(value: Value | undefined): string {
    return typeof value === "string" ? value : "";
}

/** Reads the part of Logstash's language that the pipelines of HySDS use, with `config.support_escapes: true`. */
export class LogstashConfig {
    private readonly tokens: string[];
    private at = 0;

    constructor(source: string) {
        this.tokens =
            source.match(
                /"(?:\\"|[^"])*"|=>|!?\[[^\]\n"]+\](?:\[[^\]\n"]+\])*|[{}[\],]|[^\s{}[\],"]+/gs,
            ) ?? [];
    }

    /** The stages of each section: `input`, `filter`, `output`. */
    sections(): Readonly<Record<string, readonly Stage[]>> {
        const sections: Record<string, readonly Stage[]> = {};
        while (this.at < this.tokens.length) {
            const name = this.next();
            this.expect("{");
            sections[name] = this.stages();
        }
        return sections;
    }

    private stages(): Stage[] {
        const stages: Stage[] = [];
        while (this.peek() !== "}") {
            stages.push(
                this.peek() === "if" || this.peek() === "else" ? this.branch() : this.plugin(),
            );
        }
        this.expect("}");
        return stages;
    }

    private branch(): Stage {
        const words: string[] = [];
        while (this.peek() !== "{") {
            words.push(this.next());
        }
        this.expect("{");
        const isElse = words[0] === "else";
        const condition = words.filter((word) => !["if", "else"].includes(word)).join(" ");
        return { condition, then: this.stages(), else: isElse };
    }

    private plugin(): Stage {
        const plugin = this.next();
        this.expect("{");
        const settings: Record<string, Value> = {};
        while (this.peek() !== "}") {
            const key = this.next();
            this.expect("=>");
            settings[key] = this.value();
        }
        this.expect("}");
        return { plugin, settings };
    }

    private value(): Value {
        const token = this.next();
        if (token.startsWith('"')) {
            return unescape(token.slice(1, -1));
        }
        if (token === "[") {
            return this.list();
        }
        if (token === "{") {
            return this.map();
        }
        return token === "true" || token === "false" ? token === "true" : Number(token);
    }

    private list(): Value[] {
        const values: Value[] = [];
        while (this.peek() !== "]") {
            values.push(this.value());
            if (this.peek() === ",") {
                this.next();
            }
        }
        this.expect("]");
        return values;
    }

    private map(): Record<string, Value> {
        const map: Record<string, Value> = {};
        while (this.peek() !== "}") {
            const key = textOf(this.value());
            this.expect("=>");
            map[key] = this.value();
        }
        this.expect("}");
        return map;
    }

    private peek(): string {
        return this.tokens[this.at] ?? "";
    }

    private next(): string {
        const token = this.tokens[this.at];
        if (token === undefined) {
            throw new Error("the configuration ends too early");
        }
        this.at += 1;
        return token;
    }

    private expect(wanted: string): void {
        const token = this.next();
        if (token !== wanted) {
            throw new Error(`wanted ${wanted}, found ${token}`);
        }
    }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescape(text: string): string {
    return text.replace(/\\(.)/gs, (whole, character: string) =>
        `"'\\`.includes(character) ? character : (ESCAPES[character] ?? whole),
    );
}
