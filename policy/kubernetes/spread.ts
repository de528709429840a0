import * as k8s from "@pulumi/kubernetes";
import { document } from "../references";
import { Inputs, ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

type PodTemplate = Inputs<k8s.types.input.core.v1.PodTemplateSpec>;

export const spread = rule({
    name: "spread-replicas",
    description:
        "Replicas are spread over nodes and zones: several on one node are one replica when it fails.",
    reference: document(
        "Kubernetes topology spread constraints",
        "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    ),
    fix: "give the pods topologySpreadConstraints (spreadOverNodes in components/kubernetes).",
    severity: "low",
})
    .checks(k8s.apps.v1.Deployment, ({ spec }, context) =>
        checkSpread(spec?.replicas ?? 1, spec?.template, context),
    )
    .checks(k8s.apps.v1.StatefulSet, ({ spec }, context) =>
        checkSpread(spec?.replicas ?? 1, spec?.template, context),
    );

function checkSpread(
    replicas: number,
    template: PodTemplate | undefined,
    { report }: ResourceCheck<Settings>,
): void {
    const constraints = template?.spec?.topologySpreadConstraints ?? [];
    if (replicas > 1 && constraints.length === 0 && !template?.spec?.affinity?.podAntiAffinity) {
        report(`${replicas} replicas have neither topologySpreadConstraints nor anti-affinity`);
    }
}
