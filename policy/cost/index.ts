import { subject } from "../subject";
import { brokerSize } from "./broker-size";
import { natGatewayCount } from "./nat-gateways";
import { nodeCount } from "./node-count";
import { nodeTypes } from "./node-types";
import { redisSize } from "./redis-size";
import { searchSize } from "./search-size";

/** Ceilings, so that a slip of the pen does not double the bill. */
export const cost = subject("Cost", [
    nodeTypes,
    nodeCount,
    redisSize,
    brokerSize,
    searchSize,
    natGatewayCount,
]);
