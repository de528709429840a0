import { RedisLocation } from "../../settings/settings";
import { RedisStores } from "../backends";
import { Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { redisUses } from "../layouts";
import { ownersStore } from "./owners-store";

/** A Redis or Valkey that is there, for results and metrics alike. */
export const externalRedis: StoreMaker<
    Extract<RedisLocation, { kind: "external" }>,
    RedisStores
> = {
    create: (_, { address, password }) =>
        redisUses("shared", ({ name }) =>
            ownersStore(name, "redis", new Endpoint({ ...address, credentials: { password } })),
        ),
    bills: () => [],
};
