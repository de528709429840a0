import { subject } from "../subject";
import { brokerCluster } from "./broker-cluster";
import { brokerLogs } from "./broker-logs";
import { clusterDeletion } from "./cluster-deletion";
import { clusterLogs } from "./cluster-logs";
import { flowLogs } from "./flow-logs";
import { keyDeletion } from "./key-deletion";
import { logRetention } from "./log-retention";
import { natPerZone } from "./nat-per-zone";
import { protectedStores } from "./protected-stores";
import { redisBackups } from "./redis-backups";
import { redisFailover } from "./redis-failover";
import { searchLogs } from "./search-logs";
import { searchMasters } from "./search-masters";
import { searchZones } from "./search-zones";

/** Backups, protection, zones, and the logs that say afterwards what happened. */
export const resilience = subject("Resilience", [
    redisFailover,
    redisBackups,
    brokerCluster,
    searchZones,
    searchMasters,
    protectedStores,
    clusterDeletion,
    keyDeletion,
    natPerZone,
    flowLogs,
    logRetention,
    clusterLogs,
    brokerLogs,
    searchLogs,
]);
