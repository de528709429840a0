import { isDeepStrictEqual } from "node:util";
import { isStateful, StateFixture, StateResource } from "./state-fixture";

/** Mark of a secret in a state: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** Stands for whatever could be a credential; 40 letters and digits, which every store takes as a password. */
export const NOT_A_SECRET = "NotASecretNotASecretNotASecretNotASecret";

const fakeKubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:1" } }],
    contexts: [{ name: "none", context: { cluster: "none", user: "none" } }],
    "current-context": "none",
    users: [{ name: "none", user: { token: NOT_A_SECRET } }],
};

/**
 * What an upgrade test needs of an exported state: the stateful resources, all that they and their providers were made
 * from, and the children of provider-made components among these. Credentials are replaced by ones that are none.
 *
 * @param resources of `pulumi stack export --show-secrets`
 */
export function stateFixture(
    release: string,
    stack: string,
    resources: readonly StateResource[],
): StateFixture {
    const kept = closure(resources);
    return {
        release,
        stack,
        resources: resources.filter(({ urn }) => kept.has(urn)).map(compact),
    };
}

/** URNs of the stateful resources and of everything that must be there with them. */
function closure(resources: readonly StateResource[]): Set<string> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const kept = new Set<string>();
    const pending = resources.filter(isStateful);
    for (let next = pending.pop(); next; next = pending.pop()) {
        if (!kept.has(next.urn)) {
            kept.add(next.urn);
            const { urn } = next;
            const children = resources.filter(
                ({ parent }) => parent === urn && isMadeByProvider(urn),
            );
            const before = needs(next).flatMap((needed) => byUrn.get(needed) ?? []);
            pending.push(...before, ...children);
        }
    }
    return kept;
}

/** Inside of a component that a provider makes, such as `eks:index:Cluster`: it registers all of its children or none. */
function isMadeByProvider(urn: string): boolean {
    return /[:$](awsx|eks):/.test(urn.split("::")[2] ?? "");
}

function needs({ parent, provider, deletedWith, dependencies = [] }: StateResource): string[] {
    const providerUrn = provider?.split("::").slice(0, 4).join("::");
    return [parent, providerUrn, deletedWith, ...dependencies].filter((urn) => urn !== undefined);
}

function compact(resource: StateResource): StateResource {
    const { urn, type, custom, id, parent, provider, protect, deletedWith, dependencies } =
        resource;
    const inputs = scrub(resource.inputs) as StateResource["inputs"];
    const outputs = scrub(resource.outputs) as StateResource["outputs"];
    const isStack = type === "pulumi:pulumi:Stack";
    return {
        urn,
        type,
        custom,
        ...(id === undefined ? {} : { id }),
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider }),
        ...(protect === undefined ? {} : { protect }),
        ...(deletedWith === undefined ? {} : { deletedWith }),
        ...(dependencies === undefined ? {} : { dependencies }),
        ...(inputs === undefined ? {} : { inputs }),
        ...(outputs === undefined || isStack ? {} : { outputs: beyondInputs(inputs, outputs) }),
    };
}

/** Outputs that are not inputs given back. */
function beyondInputs(
    inputs: StateResource["inputs"] = {},
    outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
    const own = Object.entries(outputs).filter(
        ([name, value]) => !isDeepStrictEqual(value, inputs[name]),
    );
    return Object.fromEntries(own);
}

/** The same value without credentials: secrets, kubeconfigs, and what a cluster keeps of who wrote a field. */
function scrub(value: unknown): unknown {
    if (typeof value === "string" && value.includes('"current-context"')) {
        return JSON.stringify(fakeKubeconfig);
    }
    if (Array.isArray(value)) {
        return value.map(scrub);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (SECRET_MARK in value) {
        return { ...value, plaintext: scrubbedSecret((value as { plaintext?: string }).plaintext) };
    }
    if ("current-context" in value) {
        return fakeKubeconfig;
    }
    const fields = Object.entries(value).filter(([name]) => name !== "managedFields");
    return Object.fromEntries(fields.map(([name, child]) => [name, scrub(child)]));
}

/** A secret is the JSON of its value. */
function scrubbedSecret(plaintext = '""'): string {
    return plaintext.includes("current-context")
        ? JSON.stringify(JSON.stringify(fakeKubeconfig))
        : JSON.stringify(NOT_A_SECRET);
}
