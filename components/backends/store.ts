import * as pulumi from "@pulumi/pulumi";
import { Labels } from "../../contract/labels";
import { HysdsNamespace } from "../platform/platform";
import type { Use } from "../settings/topics/stores";
import { Endpoint } from "./endpoint";

/** What HySDS uses a store for. */
export type StoreUse = Use;

/** One store of HySDS, and what it can do for those who operate it. */
export interface Store<Address extends Endpoint = Endpoint> {
    /** What operators call it: `rabbitmq`, `redis`, `redis-metrics`, `search-grq`, … */
    readonly name: string;
    readonly use: StoreUse;
    readonly endpoint: Address;
    readonly backup: StoreBackup;
    readonly metrics: StoreMetrics;
    readonly rotation: StoreRotation;
    /** It is reachable once these exist. */
    readonly ready: readonly pulumi.Resource[];
}

/** What an OpenSearch Service domain is to IAM. */
export interface SearchDomainAccess {
    readonly arn: pulumi.Output<string>;
    /** The role whose signature requests through the endpoint have. */
    readonly callerRoleArn: pulumi.Output<string>;
}

/** A Redis-like server: its programs are `<program>-server` and `<program>-cli`. */
export interface StoreServer {
    readonly program: "redis" | "valkey";
    readonly image: pulumi.Input<string>;
}

/**
 * How a store is backed up:
 * `definitions`: what its management API exports;
 * `dump`: a copy that the store's own client, in the image of `server`, asks for as a replica does;
 * `own-snapshots`: it takes them by itself and reads them into a new store only, from which they are copied back;
 * `folder`: search snapshots in a volume of the store's own;
 * `bucket`: search snapshots that the domain writes to S3 by a role;
 * `owner`: by whoever owns the store, and not by this stack.
 */
export type StoreBackup =
    | { readonly method: "definitions"; readonly management: Endpoint }
    | { readonly method: "dump"; readonly server: StoreServer }
    | { readonly method: "own-snapshots" }
    | { readonly method: "folder" }
    | { readonly method: "bucket"; readonly domain: SearchDomainAccess }
    | { readonly method: "owner" };

/** What CloudWatch has metrics of. */
export interface CloudWatchSubject {
    readonly watched: "broker" | "cache-node" | "domain";
    /** Tells it apart from others of its kind; empty where there is one only. */
    readonly name: string;
    /** Of every metric of it. */
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    /** Of a broker: whether each of its queues has metrics too. */
    readonly perQueue?: boolean;
}

/** Metrics that a store publishes for Prometheus by itself. */
export interface OwnMetrics {
    /** Name of the Service that Prometheus finds them by. */
    readonly service: string;
    readonly namespace: HysdsNamespace;
    readonly pods: Labels;
    readonly port: number;
    readonly path: string;
}

/** How a store is watched. One with none of these is watched by its owner, and not by this stack. */
export interface StoreMetrics {
    readonly cloudWatch?: readonly CloudWatchSubject[];
    /** An exporter may ask it for what Prometheus reads. */
    readonly exporter?: {
        /** Start of the exporter's name. */
        readonly name: string;
        /** Whether it refuses commands that read its configuration. */
        readonly hidesConfiguration?: boolean;
    };
    readonly own?: OwnMetrics;
}

/**
 * How a store gets a new credential:
 * `replaced-password`: `pulumi up --replace` of its password: the store and its clients take the new one;
 * `signed`: there is none: requests are signed by a role, whose keys AWS renews;
 * `fixed`: it keeps the password that it was made with;
 * `second-user`: `hysds-ops broker-user` makes another user in it, which is then set in the configuration;
 * `owner`: its owner gives a new one, which is then set in the configuration.
 */
export type StoreRotation = "replaced-password" | "signed" | "fixed" | "second-user" | "owner";

/** The lists of instances and the prices of units that stores are billed by. */
export type BilledInstances = "redis" | "valkey" | "rabbitmq" | "search";
export type BilledUnits = "rabbitmqStorage" | "searchGp3" | "gp3";

/** One thing that a store is billed for, as a month's count. Bills of one name are one line of an estimate. */
export type StoreBill = { readonly name: string; readonly note?: string } & (
    | {
          readonly instances: BilledInstances;
          /** Such as `cache.m7g.large`. */
          readonly type: string;
          readonly count: number;
      }
    | {
          readonly units: BilledUnits;
          readonly low: number;
          readonly high: number;
          /** In words, of as many as there are. */
          readonly quantity: (high: number) => string;
      }
);
