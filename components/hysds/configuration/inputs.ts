import type { ResolvedEndpoint } from "../../backends/endpoint";
import { DatasetSettings, SearchEngine } from "../../settings/settings";

/** An Endpoint after its outputs have resolved: plain text, and secret as a whole. */
export type StoreAddress = ResolvedEndpoint;

export interface SearchAddress extends StoreAddress {
    readonly engine: SearchEngine;
    readonly engineVersion: string;
}

/**
 * All that the configuration files of HySDS are made of. The renderers are pure functions of it; what they return
 * holds credentials, so callers keep it in Secrets.
 */
export interface ConfigurationInputs {
    readonly broker: StoreAddress;
    readonly brokerManagement: StoreAddress;
    readonly resultStore: StoreAddress;
    readonly metricsStore: StoreAddress;
    readonly search: {
        readonly mozart: SearchAddress;
        readonly grq: SearchAddress;
        readonly metrics: SearchAddress;
    };
    /** URLs of HySDS services that others call, inside the cluster, without a trailing slash: `http://mozart.hysds.svc:8888`. */
    readonly services: { readonly mozart: string; readonly grq2: string };
    /** `https://host` under which people reach the gateway; absent when only port-forwarding does. */
    readonly externalUrl?: string;
    /** Flask SECRET_KEYs by the names of the services that have one. */
    readonly secretKeys: Readonly<Record<string, string>>;
    /** The domain of the cluster's Services. */
    readonly clusterDomain: string;
    readonly venue: string;
    readonly containerEngine: "podman" | "docker";
    readonly containerRegistry: string;
    /** AWS region, or `local` off AWS. */
    readonly region: string;
    readonly datasetBuckets: readonly string[];
    readonly datasets: readonly DatasetSettings[];
    /** Where the buckets are; absent on AWS, where they are in S3 of `region`, and where there is none. */
    readonly objectStore?: {
        readonly host: string;
        readonly region: string;
        readonly foundByRegion: boolean;
    };
    /** Variables of job workers by which their jobs act as the pod's identity in the cloud; none off it. */
    readonly identityVariables: readonly string[];
    /** Queues of the catalogue and of the worker pools; Mozart lists them for job submission. */
    readonly jobQueues: readonly string[];
    readonly jobTimeoutHours: number;
}
