import { z } from "zod";
import { artifactKeys } from "./artifacts";
import { autoscalingKeys } from "./autoscaling";
import { rabbitmqKeys, redisKeys, searchKeys, storeKeys } from "./backends";
import { backupKeys } from "./backups";
import { generalKeys } from "./general";
import { hysdsKeys, imageBuildKeys, imageKeys, ingressKeys } from "./hysds";
import { datasetKeys } from "./datasets";
import { objectStoreKeys } from "./object-store";
import { observabilityKeys } from "./observability";
import { clusterKeys, existingKeys, networkKeys, nodeKeys } from "./platform";
import { uiKeys } from "./ui";

/**
 * Every configuration key of the project: the single source of validation, of the `config` section of Pulumi.yaml and
 * of the settings table in the documentation.
 */
export const schema = z.strictObject({
    ...generalKeys,
    ...networkKeys,
    ...clusterKeys,
    ...nodeKeys,
    ...existingKeys,
    ...storeKeys,
    ...redisKeys,
    ...rabbitmqKeys,
    ...searchKeys,
    ...objectStoreKeys,
    ...backupKeys,
    ...hysdsKeys,
    ...datasetKeys,
    ...artifactKeys,
    ...autoscalingKeys,
    ...imageKeys,
    ...imageBuildKeys,
    ...ingressKeys,
    ...uiKeys,
    ...observabilityKeys,
});

/** Validated values by key, before they are arranged as Settings. */
export type Values = z.output<typeof schema>;
export type Key = keyof Values;

/** All keys, in the order in which they are documented. */
export const keys = Object.keys(schema.shape) as Key[];
