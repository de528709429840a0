import type { Rule } from "../rule";
import type { Settings } from "../settings";
import * as access from "./access";
import * as artifacts from "./artifacts";
import * as autoscaling from "./autoscaling";
import * as backups from "./backups";
import * as cluster from "./cluster";
import * as datasets from "./datasets";
import * as existing from "./existing";
import * as externalStores from "./external-stores";
import * as general from "./general";
import * as hysds from "./hysds";
import * as imageBuild from "./image-build";
import * as images from "./images";
import * as institution from "./institution";
import * as namespaces from "./namespaces";
import * as network from "./network";
import * as nodeAutoscaling from "./node-autoscaling";
import * as nodes from "./nodes";
import * as objectStore from "./object-store";
import * as observability from "./observability";
import * as rabbitmq from "./rabbitmq";
import * as redis from "./redis";
import * as search from "./search";
import * as signingProxy from "./signing-proxy";
import * as stores from "./stores";
import * as ui from "./ui";
import * as workerFiles from "./worker-files";
import * as workers from "./workers";
import * as workloads from "./workloads";

/** The keys of every topic, in the order in which they are documented. */
export const keys = {
    ...general.keys,
    ...network.keys,
    ...cluster.keys,
    ...nodes.keys,
    ...institution.keys,
    ...existing.keys,
    ...stores.keys,
    ...redis.keys,
    ...rabbitmq.keys,
    ...search.keys,
    ...signingProxy.keys,
    ...externalStores.keys,
    ...objectStore.keys,
    ...backups.keys,
    ...namespaces.keys,
    ...hysds.keys,
    ...datasets.keys,
    ...workers.keys,
    ...workerFiles.keys,
    ...workloads.keys,
    ...artifacts.keys,
    ...autoscaling.keys,
    ...nodeAutoscaling.keys,
    ...images.keys,
    ...imageBuild.keys,
    ...access.keys,
    ...ui.keys,
    ...observability.keys,
};

interface Topic {
    readonly keys: object;
    readonly rules?: readonly Rule[];
    advice?(settings: Settings, today: Date): readonly string[];
}

/** Every topic, in the order in which problems and advice are reported. */
const topics: readonly Topic[] = [
    general,
    namespaces,
    hysds,
    stores,
    existing,
    network,
    cluster,
    nodes,
    institution,
    redis,
    rabbitmq,
    search,
    signingProxy,
    externalStores,
    objectStore,
    backups,
    datasets,
    workers,
    workerFiles,
    workloads,
    artifacts,
    autoscaling,
    nodeAutoscaling,
    images,
    imageBuild,
    access,
    ui,
    observability,
];

/** Every relation between settings that is checked. */
export const rules: readonly Rule[] = topics.flatMap((topic) => topic.rules ?? []);

/**
 * What is allowed and still worth a second thought, a sentence or two each.
 *
 * @param today decides how near the end of support of the Kubernetes version is
 */
export function advise(settings: Settings, today: Date): readonly string[] {
    return topics.flatMap((topic) => topic.advice?.(settings, today) ?? []);
}
