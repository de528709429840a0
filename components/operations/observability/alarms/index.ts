import { AlarmRow } from "../alarm";
import { ACCESS_ALARMS } from "./access";
import { BROKER_ALARMS } from "./broker";
import { CACHE_ALARMS } from "./cache";
import { CLUSTER_ALARMS } from "./cluster";
import { QUEUE_ALARMS } from "./queues";
import { SEARCH_ALARMS } from "./search";

/** Every alarm there is, in the order of docs/observability.md. */
export const ALARMS: readonly AlarmRow[] = [
    ...QUEUE_ALARMS,
    ...BROKER_ALARMS,
    ...CACHE_ALARMS,
    ...SEARCH_ALARMS,
    ...CLUSTER_ALARMS,
    ...ACCESS_ALARMS,
];
