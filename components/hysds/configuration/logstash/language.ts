import { origin } from "../../../backends/endpoint";
import { SearchAddress, StoreAddress } from "../inputs";
import { logstashString } from "../quoting";

export type LogstashValue =
    string | number | boolean | readonly string[] | { readonly [key: string]: string };

const INDENT = "    ";

/** `name { setting => value … }`; a setting that is undefined is left out. */
export function plugin(
    name: string,
    settings: Readonly<Record<string, LogstashValue | undefined>>,
): string {
    const lines = Object.entries(settings).flatMap(([key, value]) =>
        value === undefined ? [] : [`${INDENT}${key} => ${literal(value)}\n`],
    );
    return `${name} {\n${lines.join("")}}\n`;
}

/** A `ruby` filter. */
export function ruby(code: string): string {
    return plugin("ruby", { code });
}

/** `keyword { … }` around plugins and conditions: `input`, `filter`, `output`, `if [field] == "value"`. */
export function block(keyword: string, ...content: readonly string[]): string {
    return `${keyword} {\n${indent(content.join(""))}}\n`;
}

/** Reads one Redis list. The plugin knows TLS but no certificate authority of its own: the JVM's trust store decides. */
export function redisInput(
    store: StoreAddress,
    key: string,
    more: Readonly<Record<string, LogstashValue>>,
): string {
    return plugin("redis", {
        host: store.host,
        port: store.port,
        password: store.password,
        ssl: store.tls,
        data_type: "list",
        key,
        ...more,
    });
}

/**
 * Writes to a search cluster. The port is always explicit, since the plugins' default depends on the scheme; index
 * templates and lifecycle are the bootstrap's, never Logstash's.
 */
export function searchOutput(
    address: SearchAddress,
    settings: Readonly<Record<string, LogstashValue>>,
): string {
    const elasticsearch = address.engine === "elasticsearch";
    return plugin(address.engine, {
        hosts: [origin(address)],
        user: address.password === undefined ? undefined : (address.username ?? ""),
        password: address.password,
        // The plugin's probe for ILM is a request that neither the OSS build nor AWS knows.
        ilm_enabled: elasticsearch ? false : undefined,
        manage_template: false,
        ...settings,
    });
}

function literal(value: LogstashValue): string {
    if (typeof value === "string") {
        return logstashString(value);
    }
    if (typeof value === "number" || typeof value === "boolean") {
        return String(value);
    }
    if (isList(value)) {
        return `[${value.map(logstashString).join(", ")}]`;
    }
    const entries = Object.entries(value).map(
        ([key, item]) => `${logstashString(key)} => ${logstashString(item)}`,
    );
    return `{ ${entries.join(" ")} }`;
}

function isList(value: LogstashValue): value is readonly string[] {
    return Array.isArray(value);
}

function indent(text: string): string {
    return text.replace(/^(?=.)/gm, INDENT);
}
