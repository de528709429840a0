import { autoscalingRules } from "./autoscaling";
import { datasetRules } from "./datasets";
import { imageRules } from "./images";
import { ingressRules } from "./ingress";
import { networkRules } from "./network";
import { nodeRules } from "./nodes";
import { objectStoreRules } from "./object-store";
import { observabilityRules } from "./observability";
import { rabbitmqRules } from "./rabbitmq";
import { redisRules } from "./redis";
import { Rule } from "./rule";
import { scopeRules } from "./scope";
import { searchRules } from "./search";
import { stackRules } from "./stack";
import { workerRules } from "./workers";

/** Every relation between settings that is checked, in the order in which problems are reported. */
export const rules: readonly Rule[] = [
    ...stackRules,
    ...networkRules,
    ...nodeRules,
    ...redisRules,
    ...rabbitmqRules,
    ...searchRules,
    ...objectStoreRules,
    ...datasetRules,
    ...workerRules,
    ...autoscalingRules,
    ...observabilityRules,
    ...imageRules,
    ...ingressRules,
    ...scopeRules,
];
