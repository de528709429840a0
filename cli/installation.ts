import type { KubeConfig } from "@kubernetes/client-node";
import type { Redis } from "ioredis";
import type { HttpClient } from "./http-client";

/** HTTP services of an installation that operations talk to. */
export const HTTP_DOORS = [
    "mozart",
    "grq2",
    "pele",
    "rabbitmq",
    "mozart-search",
    "grq-search",
    "metrics-search",
] as const;

export type HttpDoor = (typeof HTTP_DOORS)[number];

/** `jobs`: Celery results and the job-status list; `metrics`: job metrics, instance statistics and sdswatch. */
export const REDIS_STORES = ["jobs", "metrics"] as const;

export type RedisStore = (typeof REDIS_STORES)[number];

export type Environment = "local" | "dev" | "prod";

export interface InstallationNamespaces {
    readonly services: string;
    readonly jobs: string;
    readonly stores: string;
}

/** One running HySDS, as operations reach it. */
export interface Installation {
    /** The Pulumi stack. */
    readonly name: string;
    readonly environment: Environment;
    /** `hysds:protect` of the stack. */
    readonly protected: boolean;
    readonly namespaces: InstallationNamespaces;
    /** Stores that are not the stack's, such as `redis`. */
    readonly external: readonly string[];
    readonly kubernetes: KubeConfig;
    /**
     * A client of an HTTP service; the way to it is opened on first use.
     *
     * @throws OperationsError when there is no way to it
     */
    http(door: HttpDoor): Promise<HttpClient>;
    /**
     * A connected client of a Redis store; the same one each time.
     *
     * @throws OperationsError when there is no way to it
     */
    redis(store: RedisStore): Promise<Redis>;
    /** Ends every connection. */
    close(): Promise<void>;
}
