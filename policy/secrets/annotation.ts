import { document } from "../references";
import { Check, rule } from "../rule";
import { credentialNamed } from "./credential";
import { everywhere, exceptions, isExcepted } from "./settings";

interface Metadata {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
}

interface KubernetesProps {
    readonly metadata?: Metadata;
    readonly spec?: { readonly template?: { readonly metadata?: Metadata } };
}

export const annotation = rule({
    name: "no-credential-in-annotation",
    description:
        "Annotations and labels hold no credentials: every controller and every event carries them on.",
    reference: document(
        "Kubernetes annotations",
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/",
    ),
    fix: "put the value into a Secret.",
    severity: "critical",
    settings: exceptions,
    enforcement: everywhere,
}).checksEvery((props, context) => {
    if (context.resource.type.startsWith("kubernetes:")) {
        const { metadata, spec } = props as KubernetesProps;
        context.part(() => checkMetadata(metadata, context));
        context.part(() => checkMetadata(spec?.template?.metadata, context));
    }
});

function checkMetadata(metadata: Metadata | undefined, context: Check<typeof exceptions>): void {
    for (const kind of ["annotations", "labels"] as const) {
        context.part(() =>
            context.eachEntry(metadata?.[kind], (name, value) => {
                const found = credentialNamed(name, value);
                if (found && !isExcepted(name, context.settings)) {
                    context.report(`${kind} have ${found} in ${name}`);
                }
            }),
        );
    }
}
