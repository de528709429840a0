import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const folder = path.join(__dirname, "invalid");

const text = z
    .unknown()
    .transform((value) => (typeof value === "string" ? value : JSON.stringify(value)));

const row = z.strictObject({
    name: z.string(),
    /** Base configuration that `config` is set beside. */
    on: z.enum(["aws", "existing"]).default("aws"),
    stack: z.string().default("test"),
    config: z.record(z.string(), text),
    /** Key, or path of a part of its value, of every problem. */
    keys: z.array(z.string()).min(1),
    /** A command of the message, after `pulumi config`. */
    fix: z.string(),
});

/** A configuration that must be refused; keys without namespace are the project's. */
export type InvalidConfiguration = z.output<typeof row>;

/** Key with its namespace. */
export function qualified(key: string): string {
    return /^\w+:/.test(key) ? key : `hysds:${key}`;
}

/** The tables of the folder `invalid`. */
export const invalidConfigurations: readonly InvalidConfiguration[] = fs
    .readdirSync(folder)
    .flatMap((file) => z.array(row).parse(parse(fs.readFileSync(path.join(folder, file), "utf8"))));
