import { document } from "../references";
import { natGateways } from "../resources/network";
import { rule } from "../rule";
import { count } from "../setting";

export const natGatewayCount = rule({
    name: "nat-gateway-count",
    description:
        "The stack has as many NAT gateways as the environment is budgeted for: each is billed by the hour, used or not.",
    reference: document("VPC pricing", "https://aws.amazon.com/vpc/pricing/"),
    fix: "pulumi config set hysds:natGateways single, or raise maxGateways.",
    severity: "low",
    settings: { maxGateways: count("Most NAT gateways.", 3) },
    values: { dev: { maxGateways: 1 } },
}).checksStack((resources, { report, settings: { maxGateways } }) => {
    const gateways = natGateways(resources);
    if (gateways > maxGateways) {
        report(`the stack has ${gateways} NAT gateways, more than ${maxGateways}`);
    }
});
