import * as pulumi from "@pulumi/pulumi";
import { RabbitmqLocation } from "../../settings/settings";
import { BrokerStore } from "../backends";
import { Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { ownersStore } from "./owners-store";

/** A RabbitMQ that is there, with its management API. */
export const externalRabbitmq: StoreMaker<
    Extract<RabbitmqLocation, { kind: "external" }>,
    BrokerStore
> = {
    create: ({ settings }, { address, management, password }) => {
        const username = pulumi.output(settings.backends.rabbitmq.username);
        const credentials = { username, password };
        return {
            ...ownersStore("rabbitmq", "broker", new Endpoint({ ...address, credentials })),
            management: new Endpoint({ ...management, credentials }),
        };
    },
    bills: () => [],
};
