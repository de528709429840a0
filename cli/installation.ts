import type { KubeConfig } from "@kubernetes/client-node";
import type { Redis } from "ioredis";
import type { OperatedService } from "../components/hysds/catalog/built-in";
import type { StoreTarget } from "../contract/installation-file";
import type { HttpClient } from "./http-client";

/** Stores that answer by HTTP. */
export type HttpStore = Exclude<StoreTarget, `${RedisStore}-redis`>;

/** Whatever of an installation answers by HTTP. */
export type HttpTarget = HttpStore | OperatedService;

/** A service of HySDS, as its stack describes it. */
export interface InstalledService {
    readonly name: OperatedService;
    /** What it answers with 200 as long as its process works; absent where the stack does not say. */
    readonly alivePath?: string;
}

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
    readonly services: readonly InstalledService[];
    /**
     * A client of an HTTP service; the way to it is opened on first use.
     *
     * @throws OperationsError when there is no way to it
     */
    http(target: HttpTarget): Promise<HttpClient>;
    /**
     * A connected client of a Redis store; the same one each time.
     *
     * @throws OperationsError when there is no way to it
     */
    redis(store: RedisStore): Promise<Redis>;
    /** Ends every connection. */
    close(): Promise<void>;
}
