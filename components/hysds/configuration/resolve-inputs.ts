import * as pulumi from "@pulumi/pulumi";
import { Backends, SearchEndpoint } from "../../backends/backends";
import { Platform } from "../../platform/platform";
import { IngressSettings, Settings } from "../../settings/settings";
import { ServiceAddress } from "../catalog/workload-spec";
import { ConfigurationInputs, SearchAddress } from ".";

export interface ConfigurationSources {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    /** Flask SECRET_KEYs. */
    readonly secretKeys: {
        readonly mozart: pulumi.Input<string>;
        readonly pele: pulumi.Input<string>;
    };
    readonly services: HysdsServices;
    readonly jobQueues: readonly string[];
}

export interface HysdsServices {
    readonly mozart: ServiceAddress;
    readonly grq2: ServiceAddress;
    readonly pele: ServiceAddress;
    readonly kibana: ServiceAddress;
    readonly flower: ServiceAddress;
    /** HySDS's web interface; absent where the stack has none. */
    readonly ui?: ServiceAddress;
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
        services: urls(sources.services),
        externalUrl: externalUrl(settings.ingress),
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

function urls(services: HysdsServices): ConfigurationInputs["services"] {
    const url = ({ name, namespace, port }: ServiceAddress): string =>
        `http://${name}.${namespace}.svc:${port}`;
    return {
        mozart: url(services.mozart),
        grq2: url(services.grq2),
        pele: url(services.pele),
        kibana: url(services.kibana),
        flower: url(services.flower),
    };
}

function externalUrl({ kind, domain, tls }: IngressSettings): string | undefined {
    if (kind === "none" || domain === undefined) {
        return undefined;
    }
    return `${tls === "none" ? "http" : "https"}://${domain}`;
}
