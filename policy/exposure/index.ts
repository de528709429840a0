import { subject } from "../subject";
import { brokerPrivate } from "./broker-private";
import { clusterEndpoint } from "./cluster-endpoint";
import { clusterEndpointRanges } from "./cluster-endpoint-ranges";
import { defaultSecurityGroup } from "./default-security-group";
import { loadBalancerInternal } from "./load-balancer-internal";
import { loadBalancerRanges } from "./load-balancer-ranges";
import { nodePort } from "./node-port";
import { nodePublicAddress } from "./node-public-address";
import { openSecurityGroup } from "./open-security-group";
import { searchInVpc } from "./search-in-vpc";

/** Who can reach what. */
export const exposure = subject("Exposure", [
    clusterEndpoint,
    clusterEndpointRanges,
    brokerPrivate,
    searchInVpc,
    loadBalancerInternal,
    loadBalancerRanges,
    nodePort,
    openSecurityGroup,
    defaultSecurityGroup,
    nodePublicAddress,
]);
