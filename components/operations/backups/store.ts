import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../../backends/endpoint";
import { StoreServer } from "../../backends/store";
import { Grant } from "../../platform/grants";

/** A kind of store, each with a script of its own. */
export type StoreKind = "rabbitmq" | "redis" | "search";

/** Where the scripts keep files of a store. */
export type Place =
    | { readonly bucket: pulumi.Output<string>; readonly prefix: string }
    | { readonly folder: string };

/** One store, and how the scripts reach it and its backups. */
export interface BackupStore {
    /** `rabbitmq`, `redis`, `search-grq`, …: what operators call it. */
    readonly name: string;
    readonly kind: StoreKind;
    /** What of store.json only this kind has. */
    readonly definition: pulumi.Input<Readonly<Record<string, unknown>>>;
    readonly place?: Place;
    /** What its pods may do outside the cluster. */
    readonly grants?: readonly Grant[];
    /** Whether the store takes its backups by itself, so that only restores are ours. */
    readonly onlyRestores?: boolean;
    /** The store, and its server and client, where the scripts need them. */
    readonly server?: StoreServer & { readonly endpoint: Endpoint };
    /** Whether a restore is a Job of its own, from a template, and not a matter of the store itself. */
    readonly restored?: boolean;
    /** Limit of the scripts' container. */
    readonly memoryMiB: number;
    /** What must be there before the first backup. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Mount of the claim that files are kept on where there is no S3. */
export const FILES_FOLDER = "/backups";
/** Where a Redis client writes its dump, and a server reads it. */
export const DUMP_FOLDER = "/dump";
export const DUMP_FILE = "dump.rdb";
