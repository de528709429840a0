import { document } from "../references";
import { natGateways } from "../resources/network";
import { rule } from "../rule";
import { count } from "../setting";

export const natPerZone = rule({
    name: "nat-per-zone",
    description:
        "Each zone has a NAT gateway of its own: the loss of the zone that holds the only one cuts off all the others.",
    reference: document(
        "NAT gateway basics",
        "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    ),
    fix: "pulumi config set hysds:natGateways per-zone.",
    severity: "medium",
    settings: { minGateways: count("Minimum number of NAT gateways.", 2) },
    enforcement: { local: "disabled", dev: "disabled" },
}).checksStack((resources, { report, settings: { minGateways } }) => {
    const gateways = natGateways(resources);
    // A stack in an existing VPC has none of its own.
    if (gateways > 0 && gateways < minGateways) {
        report(`the stack has ${gateways} NAT gateway, less than ${minGateways}`);
    }
});
