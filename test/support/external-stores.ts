import { Overrides } from "../../workshop/plan/stack-configuration";

const secret = (name: string): Overrides[string] => ({ secure: name });

/** A broker that is there. */
export const EXTERNAL_BROKER: Overrides = {
    "hysds:broker": "external",
    "hysds:brokerUrl": "amqps://rabbitmq.example.org:5671",
    "hysds:brokerManagementUrl": "https://rabbitmq.example.org:15671",
    "hysds:brokerPassword": secret("broker"),
    // Its default: it is a matter of the owner.
    "hysds:rabbitmqStorageGiB": "8",
};

/** A Redis that is there. */
export const EXTERNAL_REDIS: Overrides = {
    "hysds:redis": "external",
    "hysds:redisUrl": "rediss://redis.example.org:6380",
    "hysds:redisPassword": secret("redis"),
};

/** A search cluster that is there. */
export const EXTERNAL_SEARCH: Overrides = {
    "hysds:search": "external",
    "hysds:searchUrl": "https://search.example.org:9243",
    "hysds:searchUsername": "science",
    "hysds:searchPassword": secret("search"),
    // Its default: it is a matter of the owner.
    "hysds:searchVolumeGiB": "100",
};
