import * as pulumi from "@pulumi/pulumi";
import { CapturedResource } from "../../workshop/plan/evaluation";
import { reveal, SecretValue } from "../../workshop/plan/secret";
import { Registered } from "./mocks";

/** What a pulumi.Output resolves to. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => void output.apply(resolve));
}

interface Policy {
    readonly spec: {
        readonly podSelector: { readonly matchLabels?: Record<string, string> };
        readonly ingress?: readonly {
            readonly ports: readonly { readonly port: number }[];
            readonly from?: readonly {
                readonly namespaceSelector: { readonly matchLabels?: Record<string, string> };
            }[];
        }[];
    };
}

/**
 * Who may connect to the pods of a workload, `namespace:port` each; `any-pod` and `any-address` stand for peers
 * without a name.
 */
export function admitted(stack: Registered, workload: string): string[] {
    return stack
        .ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
        .map(({ inputs }) => reveal(inputs) as Policy)
        .filter(({ spec }) => spec.podSelector.matchLabels?.["app.kubernetes.io/name"] === workload)
        .flatMap(({ spec }) => spec.ingress ?? [])
        .flatMap(({ ports, from }) =>
            ports.flatMap(({ port }) => peerNames(from).map((peer) => `${peer}:${port}`)),
        )
        .sort();
}

type Peers = NonNullable<Policy["spec"]["ingress"]>[number]["from"];

function peerNames(from: Peers): string[] {
    return from
        ? from.map(
              ({ namespaceSelector }) =>
                  namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"] ?? "any-pod",
          )
        : ["any-address"];
}

/**
 * Where `text` stands outside of a Kubernetes Secret's data and of Pulumi secrets.
 *
 * @returns `type name` of each resource
 */
export function leaks(stack: Registered, text: string): string[] {
    return stack.all
        .filter((resource) => resource.type.startsWith("kubernetes:"))
        .filter((resource) => visibleText(resource).includes(text))
        .map(({ type, name }) => `${type} ${name}`);
}

/** Secrets print as a marker; in a Secret they may be, anywhere else even a marked one is too much. */
function visibleText({ type, inputs }: CapturedResource): string {
    const isSecret = type === "kubernetes:core/v1:Secret";
    return JSON.stringify(isSecret ? inputs : reveal(inputs));
}

/**
 * Text of one file of a Kubernetes Secret.
 *
 * @throws Error when the data is not secret to Pulumi, or has no such file
 */
export function secretFile(stack: Registered, secret: string, file: string): string {
    const { stringData } = stack.one("kubernetes:core/v1:Secret", secret).inputs;
    if (!(stringData instanceof SecretValue)) {
        throw new Error(`The data of ${secret} is not a Pulumi secret`);
    }
    const text = (reveal(stringData) as Record<string, string>)[file];
    if (text === undefined) {
        throw new Error(`${secret} has no ${file}`);
    }
    return text;
}
