import { document } from "../references";
import { Check, StackResource, rule } from "../rule";
import type { Settings } from "../setting";
import { everywhere } from "./settings";

/** Resource types whose outputs are secrets, and the outputs. */
const generators: Readonly<Record<string, readonly string[]>> = {
    "random:index/randomPassword:RandomPassword": ["result", "bcryptHash"],
    "random:index/randomBytes:RandomBytes": ["hex", "base64"],
};

/** Kinds whose whole purpose is to hold secrets. */
const SECRET_TYPE = "kubernetes:core/v1:Secret";

export const escapedSecrets = rule({
    name: "secrets-stay-secret",
    description:
        "A value that the stack generated as a secret is in Kubernetes Secrets alone, in no other object of the cluster and no user data, not even encoded.",
    reference: document(
        "Kubernetes good practices for Secrets",
        "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    ),
    fix: "move the file or variable that holds the value into a Secret.",
    severity: "critical",
    enforcement: everywhere,
}).checksStack((resources, context) => {
    const secrets = resources.flatMap((resource) => generatedBy(resource, context));
    if (secrets.length === 0) {
        return;
    }
    for (const { type, name, urn, props } of resources) {
        const canLeak = type.startsWith("kubernetes:") && type !== SECRET_TYPE;
        if (canLeak || type.startsWith("aws:ec2/launchTemplate:")) {
            const leaked = textsIn(props, context).some((text) =>
                secrets.some((secret) => text.includes(secret)),
            );
            if (leaked) {
                context.report(`${name} holds a generated secret`, urn);
            }
        }
    }
});

function generatedBy(
    { type, props }: StackResource,
    { attempt }: Check<Settings>,
): readonly string[] {
    return (generators[type] ?? []).flatMap((output) => {
        const value = attempt(() => props[output] as string | undefined, undefined);
        return value ? [value, Buffer.from(value).toString("base64").replace(/=+$/, "")] : [];
    });
}

/** Every text in a value, at any depth; what is not known yet is left out. */
function textsIn(value: unknown, context: Check<Settings>): readonly string[] {
    if (typeof value === "string") {
        return [value];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.keys(value).flatMap((key) => {
        const inner = context.attempt(() => (value as Record<string, unknown>)[key], undefined);
        return textsIn(inner, context);
    });
}
