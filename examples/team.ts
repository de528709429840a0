import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import hysdsStack from "../index";

/** The pod template of a Deployment as this program registers it: plain, but for single values in it. */
interface DeploymentSpec {
    readonly template: k8s.types.input.core.v1.PodTemplateSpec;
}

/** Has a service mesh take in the pods of every Deployment: one annotation that no setting has. */
function meshed(
    args: pulumi.ResourceTransformationArgs,
): pulumi.ResourceTransformationResult | undefined {
    if (args.type !== "kubernetes:apps/v1:Deployment") {
        return undefined;
    }
    const props = args.props as { readonly spec: DeploymentSpec };
    const { template } = props.spec;
    const metadata = pulumi.output(template.metadata).apply((known) => ({
        ...known,
        annotations: { ...known?.annotations, "linkerd.io/inject": "enabled" },
    }));
    const spec = { ...props.spec, template: { ...template, metadata } };
    return { props: { ...props, spec }, opts: args.opts };
}

/** The stack as it is, with the team's own changes. */
function teamStack(): Record<string, unknown> {
    pulumi.runtime.registerStackTransformation(meshed);
    return hysdsStack();
}

export = teamStack;
