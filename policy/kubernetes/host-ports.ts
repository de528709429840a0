import { podSecurity } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const hostPorts = checksContainers(
    rule({
        name: "no-host-ports",
        description:
            "Containers take no port of their node, which is reached past every Service and NetworkPolicy.",
        reference: podSecurity("baseline", "Host Ports"),
        fix: "remove hostPort and reach the pod through a Service.",
        severity: "medium",
    }),
    ({ name, ports }, { report, each }) => {
        each(ports, ({ hostPort }) => {
            if (hostPort !== undefined && hostPort !== 0) {
                report(`container ${name} takes the node's port ${hostPort}`);
            }
        });
    },
);
