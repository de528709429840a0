/** What the order of creation is computed from; every `CapturedResource` is one. */
export interface Node {
    readonly urn: string;
    readonly parent?: string;
    /** Whether creating it takes a provider, and so time. */
    readonly custom: boolean;
    readonly remote: boolean;
    readonly dependencies: readonly string[];
    readonly options: { readonly provider?: string; readonly deletedWith?: string };
}

/** Resources that are created one after the other, first to last, and what they take together. */
interface Chain<N> {
    readonly resources: readonly N[];
    readonly total: number;
}

/**
 * The longest chain of resources that can only be created one after the other, first to last. It counts what a
 * provider creates; components that exist in the program alone take no time and are left out.
 *
 * @param duration what each takes; 1 by default, which makes the chain of the most resources
 * @throws Error when resources depend on each other in a circle.
 */
export function criticalPath<N extends Node>(
    resources: readonly N[],
    duration: (resource: N) => number = () => 1,
): Chain<N> {
    const graph = new CreationOrder(resources, duration);
    return longest(resources.map((resource) => graph.chainTo(resource)));
}

function longest<N>(chains: readonly Chain<N>[]): Chain<N> {
    const none: Chain<N> = { resources: [], total: 0 };
    return chains.reduce((most, chain) => (chain.total > most.total ? chain : most), none);
}

/** The URNs of all that must exist before the resource `urn` is created. */
export function prerequisites(resources: readonly Node[], urn: string): Set<string> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const found = new Set<string>();
    const pending = [urn];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        for (const before of waitsFor(byUrn.get(next))) {
            if (!found.has(before)) {
                found.add(before);
                pending.push(before);
            }
        }
    }
    return found;
}

class CreationOrder<N extends Node> {
    readonly #byUrn: ReadonlyMap<string, N>;
    readonly #chains = new Map<string, Chain<N>>();
    readonly #open = new Set<string>();

    constructor(
        resources: readonly N[],
        private readonly duration: (resource: N) => number,
    ) {
        this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    }

    /** The longest chain that ends with `resource`. */
    chainTo(resource: N): Chain<N> {
        const known = this.#chains.get(resource.urn);
        if (known) {
            return known;
        }
        if (this.#open.has(resource.urn)) {
            throw new Error(`Circular dependency: ${[...this.#open, resource.urn].join(" -> ")}`);
        }
        this.#open.add(resource.urn);
        const before = longest(
            waitsFor(resource).flatMap((urn) => {
                const awaited = this.#byUrn.get(urn);
                return awaited ? [this.chainTo(awaited)] : [];
            }),
        );
        this.#open.delete(resource.urn);
        const chain = resource.custom || resource.remote ? this.followed(before, resource) : before;
        this.#chains.set(resource.urn, chain);
        return chain;
    }

    private followed({ resources, total }: Chain<N>, resource: N): Chain<N> {
        return { resources: [...resources, resource], total: total + this.duration(resource) };
    }
}

// The SDK sends a registration once these have answered: the parent, `dependsOn`, the resources that inputs come from,
// the provider, and the resource named by `deletedWith`.
function waitsFor(resource: Node | undefined): string[] {
    if (!resource) {
        return [];
    }
    const { provider, deletedWith } = resource.options;
    return [...resource.dependencies, resource.parent, provider, deletedWith].filter(
        (urn) => urn !== undefined,
    );
}
