import * as k8s from "@pulumi/kubernetes";
import { document } from "../references";
import { rule } from "../rule";

export const nodePort = rule({
    name: "no-node-port",
    description:
        "Services open no port on every node, beside the load balancer that limits who connects.",
    reference: document(
        "Kubernetes Service, type NodePort",
        "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
    ),
    fix: "make the Service a ClusterIP and reach it through the gateway.",
    severity: "medium",
}).checks(k8s.core.v1.Service, (service, { report }) => {
    if (service.spec?.type === "NodePort") {
        report("the Service has type NodePort");
    }
});
