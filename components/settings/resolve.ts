import type { RuleContext } from "./rule";
import type { Values } from "./schema";
import type { AwsPlatformSettings, BackendsSettings, HysdsSettings, Settings } from "./settings";
import { ingressSettings } from "./topics/access";
import { artifactSettings } from "./topics/artifacts";
import { autoscalingSettings } from "./topics/autoscaling";
import { backupSettings } from "./topics/backups";
import { clusterSettings } from "./topics/cluster";
import { publicationSettings } from "./topics/datasets";
import { existingPlatform } from "./topics/existing";
import { generalSettings } from "./topics/general";
import { processSettings } from "./topics/hysds";
import { imageSettings } from "./topics/images";
import { roleSettings } from "./topics/institution";
import { namespaceSettings } from "./topics/namespaces";
import { networkSettings } from "./topics/network";
import { nodeAutoscalerSettings } from "./topics/node-autoscaling";
import { jobNodeSettings, serviceNodeSettings } from "./topics/nodes";
import { objectStoreSettings } from "./topics/object-store";
import { observabilitySettings } from "./topics/observability";
import { rabbitmqSettings } from "./topics/rabbitmq";
import { redisSettings } from "./topics/redis";
import { searchSettings } from "./topics/search";
import { signingProxySettings } from "./topics/signing-proxy";
import { uiSettings } from "./topics/ui";
import { workerFileSettings } from "./topics/worker-files";

/** The settings that validated values amount to. */
export function resolve(
    values: Values,
    { stack, region }: Pick<RuleContext, "stack" | "region">,
): Settings {
    return {
        ...generalSettings(values, stack),
        roles: roleSettings(values, region),
        platform: values.platform === "aws" ? awsPlatform(values) : existingPlatform(values),
        backends: backends(values),
        hysds: hysds(values, stack),
        artifacts: artifactSettings(values),
        autoscaling: autoscalingSettings(values),
        backups: backupSettings(values),
        images: imageSettings(values),
        ingress: ingressSettings(values),
        observability: observabilitySettings(values),
    };
}

function awsPlatform(values: Values): AwsPlatformSettings {
    return {
        kind: "aws",
        network: networkSettings(values),
        cluster: clusterSettings(values),
        serviceNodes: serviceNodeSettings(values),
        jobNodes: jobNodeSettings(values),
        nodeAutoscaler: nodeAutoscalerSettings(values),
    };
}

function backends(values: Values): BackendsSettings {
    return {
        redis: redisSettings(values),
        rabbitmq: rabbitmqSettings(values),
        search: searchSettings(values),
        objectStore: objectStoreSettings(values),
        signingProxy: signingProxySettings(values),
    };
}

function hysds(values: Values, stack: string): HysdsSettings {
    return {
        ...namespaceSettings(values),
        ...processSettings(values, stack),
        ...publicationSettings(values),
        workers: values.workers,
        workerFiles: workerFileSettings(values),
        workloads: values.workloads,
        ...uiSettings(values),
    };
}
