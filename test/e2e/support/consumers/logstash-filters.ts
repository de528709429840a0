import { execa } from "execa";
import { Stage, textOf, Value } from "./logstash-config";

/** Fields of an event. */
export type Event = Record<string, unknown>;

/** Runs Ruby code of a filter, with an event of the same interface as Logstash's. */
export type Ruby = (code: string, event: Event) => Promise<Event>;

/** Settings of a plugin. */
type Settings = Readonly<Record<string, Value>>;

/**
 * What the filters of the pipelines do, as their documentation says
 * (https://www.elastic.co/guide/en/logstash/7.10/filter-plugins.html); Ruby code is run by Ruby itself.
 */
export class LogstashFilters {
    constructor(private readonly ruby: Ruby) {}

    /** The event after the filters; undefined when one drops it. */
    async run(stages: readonly Stage[], event: Event): Promise<Event | undefined> {
        let current: Event | undefined = event;
        let taken = false;
        for (const stage of stages) {
            if (!current) {
                return undefined;
            }
            if ("condition" in stage) {
                const applies: boolean = !(stage.else && taken) && holds(stage.condition, current);
                taken = applies || (stage.else && taken);
                current = applies ? await this.run(stage.then, current) : current;
            } else {
                current = await this.apply(stage.plugin, stage.settings, current);
            }
        }
        return current;
    }

    private async apply(
        plugin: string,
        settings: Settings,
        event: Event,
    ): Promise<Event | undefined> {
        switch (plugin) {
            case "grok":
                return grok(event);
            case "drop":
                return undefined;
            case "csv":
                return csv(settings, event);
            case "kv":
                return kv(event);
            case "date":
                return date(settings, event);
            case "mutate":
                return mutate(settings, event);
            case "ruby":
                return this.ruby(textOf(settings.code), event);
            default:
                throw new Error(`the filter ${plugin} is not modelled`);
        }
    }
}

/** `![field]` and `[field] == "value"`. */
function holds(condition: string, event: Event): boolean {
    const [, negated, field = "", value] =
        /^(!)?\[(\w+)\](?: == "([^"]*)")?$/.exec(condition) ?? [];
    if (field === "") {
        throw new Error(`the condition ${condition} is not modelled`);
    }
    return value === undefined
        ? (event[field] === undefined) === (negated === "!")
        : event[field] === value;
}

/** `%{TIMESTAMP_ISO8601:sdswatch_timestamp}`. */
function grok(event: Event): Event {
    const found =
        /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/.exec(
            String(event.message),
        );
    return found ? { ...event, sdswatch_timestamp: found[0] } : event;
}

/** Columns by the separator, which counts for nothing between quote characters. */
function csv({ columns, quote_char: quoteCharacter }: Settings, event: Event): Event {
    const quote = textOf(quoteCharacter);
    const cells =
        String(event.message).match(new RegExp(`(?:${quote}[^${quote}]*${quote}|[^,])+`, "g")) ??
        [];
    const named = (columns as string[]).map((column, index) => [
        column,
        (cells[index] ?? "").replaceAll(quote, ""),
    ]);
    return { ...event, ...(Object.fromEntries(named) as Event) };
}

function kv(event: Event): Event {
    const pairs = [...String(event.kv).matchAll(/([^\s=]+)=("[^"]*"|\S+)/g)];
    const fields = pairs.map(([, key = "", value = ""]) => [key, value.replaceAll('"', "")]);
    return { ...event, ...(Object.fromEntries(fields) as Event) };
}

function date(settings: Settings, event: Event): Event {
    const target = textOf(settings.target);
    const text = String(event[target]).replace(",", ".").replace(" ", "T");
    const time = new Date(/Z|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text}Z`);
    return { ...event, [target]: time.toISOString() };
}

function mutate(
    { strip = [], rename = {}, remove_field: removed = [] }: Settings,
    event: Event,
): Event {
    const result = { ...event };
    for (const field of strip as string[]) {
        if (typeof result[field] === "string") {
            result[field] = result[field].trim();
        }
    }
    for (const [from, to] of Object.entries(rename)) {
        if (from in result) {
            result[String(to)] = result[from];
            delete result[from];
        }
    }
    for (const field of removed as string[]) {
        delete result[field];
    }
    return result;
}

const EVENT = `
require "json"
class Event
  def initialize(fields) = @fields = fields
  def get(name) = @fields[name]
  def set(name, value) = @fields[name] = value
  def remove(name) = @fields.delete(name)
  def to_hash = @fields.dup
end
input = JSON.parse($stdin.read)
fields = input["event"]
event = Event.new(fields)
eval(input["code"])
puts JSON.generate(fields)
`;

/**
 * Runs code in a Ruby.
 *
 * @param command the executable and what it needs in its environment
 */
export function rubyAt(command: {
    readonly file: string;
    readonly env: Record<string, string>;
}): Ruby {
    return async (code, event) => {
        const { stdout } = await execa(command.file, ["--disable-gems", "-e", EVENT], {
            env: command.env,
            input: JSON.stringify({ code, event }),
        });
        return JSON.parse(stdout) as Event;
    };
}
