import * as pulumi from "@pulumi/pulumi";
import { HYSDS_IMAGES, HysdsImage, PYTHON_IMAGES, PythonImage } from "../images/names";
import { Settings } from "../settings/settings";

export type UpstreamImage = "logstash" | "kibana" | "podman" | "docker";
export type ImageName = HysdsImage | UpstreamImage;

/**
 * Newest patch of each OpenSearch minor version: domains are named by minor version, images by patch.
 * https://hub.docker.com/r/opensearchproject/opensearch-dashboards/tags
 */
const DASHBOARDS_PATCHES: Readonly<Record<string, string>> = {
    "1.3": "1.3.20",
    "2.11": "2.11.1",
    "2.17": "2.17.1",
    "2.19": "2.19.1",
};

/** Upstream images, pinned; what talks to the search cluster follows its engine. */
function upstream(name: UpstreamImage, { backends }: Settings): string {
    const { engine, engineVersion } = backends.search;
    switch (name) {
        case "logstash":
            // Elasticsearch 7.10 on AWS is not Elastic's own: outputs newer than 7.12 refuse it. For OpenSearch,
            // HySDS itself runs 7.16.3, the last 7.x with the opensearch output plugin.
            return engine === "elasticsearch"
                ? "docker.elastic.co/logstash/logstash-oss:7.10.2"
                : "docker.io/opensearchproject/logstash-oss-with-opensearch-output-plugin:7.16.3";
        case "kibana":
            return engine === "elasticsearch"
                ? "docker.elastic.co/kibana/kibana-oss:7.10.2"
                : `docker.io/opensearchproject/opensearch-dashboards:${dashboardsVersion(engineVersion)}`;
        case "podman":
            return "quay.io/podman/stable:v5.8.1";
        case "docker":
            return "docker.io/library/docker:28.5.1-dind";
    }
}

function dashboardsVersion(engineVersion: string): string {
    const isPatch = engineVersion.split(".").length === 3;
    return isPatch ? engineVersion : (DASHBOARDS_PATCHES[engineVersion] ?? `${engineVersion}.0`);
}

/** Whether it is an image of HySDS's Python processes: with user `ops`, tini and the layout of pod/paths.ts. */
export function isPythonImage(name: ImageName): name is PythonImage {
    return PYTHON_IMAGES.some((image) => image === name);
}

function isHysdsImage(name: ImageName): name is HysdsImage {
    return HYSDS_IMAGES.some((image) => image === name);
}

/**
 * The reference to pull for an image: the stack's override where it names one, `registry/name:tag` for HySDS's own, a
 * pinned upstream release for the rest. OpenSearch Dashboards and Logstash follow the search engine.
 */
export function imageReference(name: ImageName, settings: Settings): pulumi.Input<string> {
    const { overrides, registry, tag } = settings.images;
    const override = overrides[name];
    if (override !== undefined) {
        return override;
    }
    return isHysdsImage(name) ? `${registry}/${name}:${tag}` : upstream(name, settings);
}
