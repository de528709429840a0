import { document } from "../references";
import { rule } from "../rule";

export const explicitProvider = rule({
    name: "explicit-kubernetes-provider",
    description:
        "Kubernetes resources name their provider: the default one writes to whatever cluster the kubeconfig of the moment names.",
    reference: document(
        "Pulumi explicit providers",
        "https://www.pulumi.com/docs/iac/concepts/resources/providers/#explicit-provider-configuration",
    ),
    fix: "pass the option provider: platform.provider.",
    severity: "high",
}).checksEvery((_, { report, resource: { type, provider } }) => {
    // Pulumi's own name for what it makes by itself.
    if (type.startsWith("kubernetes:") && provider?.name.startsWith("default")) {
        report("the resource uses the default provider");
    }
});
