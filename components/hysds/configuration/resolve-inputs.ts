import * as pulumi from "@pulumi/pulumi";
import { Backends, SearchEndpoint } from "../../backends/backends";
import { serviceHost } from "../../kubernetes/cluster-dns";
import { Platform } from "../../platform/platform";
import { IngressSettings, Settings } from "../../settings/settings";
import { ConfigurationInputs, SearchAddress } from ".";
import { Workload, serviceNamed } from "../catalog/workload";

export interface ConfigurationSources {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    /** Flask SECRET_KEYs by service. */
    readonly secretKeys: Readonly<Record<string, pulumi.Input<string>>>;
    readonly workloads: readonly Workload[];
    readonly jobQueues: readonly string[];
}

/** Everything the renderers read, once it is known; secret as a whole. */
export function configurationInputs(
    sources: ConfigurationSources,
): pulumi.Output<ConfigurationInputs> {
    const { settings, platform, backends, jobQueues } = sources;
    const resolved = pulumi.output({
        broker: backends.broker.resolved(),
        brokerManagement: backends.brokerManagement.resolved(),
        resultStore: backends.resultStore.resolved(),
        metricsStore: backends.metricsStore.resolved(),
        search: {
            mozart: searchAddress(backends.search.mozart),
            grq: searchAddress(backends.search.grq),
            metrics: searchAddress(backends.search.metrics),
        },
        secretKeys: sources.secretKeys,
        objectStore: backends.objectStore && {
            host: backends.objectStore.host,
            region: backends.objectStore.region,
            foundByRegion: backends.objectStore.foundByRegion,
        },
        region: platform.region,
    });
    const inputs = resolved.apply((known): ConfigurationInputs => ({
        ...known,
        services: { mozart: url(sources, "mozart"), grq2: url(sources, "grq2") },
        externalUrl: externalUrl(settings.ingress),
        clusterDomain: platform.clusterDomain,
        identityVariables: platform.identityVariables,
        venue: settings.hysds.venue,
        containerEngine: settings.hysds.containerEngine,
        containerRegistry: settings.images.registry,
        datasetBuckets: settings.hysds.datasetBuckets,
        datasets: settings.hysds.datasets,
        jobQueues,
        jobTimeoutHours: settings.hysds.jobTimeoutHours,
    }));
    return pulumi.secret(inputs);
}

function searchAddress(endpoint: SearchEndpoint): pulumi.Output<SearchAddress> {
    const { engine, engineVersion } = endpoint;
    return endpoint.resolved().apply((known) => ({ ...known, engine, engineVersion }));
}

function url({ workloads, settings }: ConfigurationSources, service: string): string {
    const { name, port } = serviceNamed(workloads, service);
    return `http://${serviceHost(name, settings.hysds.namespace)}:${port}`;
}

function externalUrl({ kind, domain, tls }: IngressSettings): string | undefined {
    if (kind === "none" || domain === undefined) {
        return undefined;
    }
    return `${tls === "none" ? "http" : "https"}://${domain}`;
}
