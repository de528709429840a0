import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { BackupStore, StoreKind } from "./store";

const SHARED = ["backup.py", "failure.py"];
const OF_KIND: Readonly<Record<StoreKind, readonly string[]>> = {
    rabbitmq: ["rabbitmq_store.py", "http_api.py", "keeping.py"],
    redis: ["redis_store.py", "keeping.py"],
    search: ["search_store.py", "http_api.py"],
};

/** The scripts that serve a kind of store, by file name. */
export function scripts(kind: StoreKind): Record<string, string> {
    const files = [...SHARED, ...OF_KIND[kind]];
    return Object.fromEntries(
        files.map((file) => [file, readFileSync(join(__dirname, "scripts", file), "utf8")]),
    );
}

/** store.json, which tells the scripts of the store; with its credentials. A secret. */
export function storeFile(store: BackupStore, retentionDays: number): pulumi.Output<string> {
    const { name, kind, definition, place } = store;
    const content = pulumi
        .all([definition, place])
        .apply(([specific, at]) => ({ name, kind, retentionDays, place: at, ...specific }));
    return pulumi.secret(pulumi.jsonStringify(content));
}
