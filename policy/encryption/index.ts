import { subject } from "../subject";
import { clusterSecrets } from "./cluster-secrets";
import { keyRotation } from "./key-rotation";
import { nodeVolumes } from "./node-volumes";
import { redisAtRest } from "./redis-at-rest";
import { redisAuthentication } from "./redis-authentication";
import { redisInTransit } from "./redis-in-transit";
import { searchAtRest } from "./search-at-rest";
import { searchHttps } from "./search-https";
import { searchNodeToNode } from "./search-node-to-node";
import { storageClass } from "./storage-class";

/** At rest and in transit, in every store. Amazon MQ always encrypts both for RabbitMQ, so there is nothing to check. */
export const encryption = subject("Encryption", [
    redisAtRest,
    redisInTransit,
    redisAuthentication,
    searchAtRest,
    searchNodeToNode,
    searchHttps,
    clusterSecrets,
    storageClass,
    nodeVolumes,
    keyRotation,
]);
