import { Graph, instance, Node, Subgraph, Edge as Line } from "@viz-js/viz";
import { BOXES, FONT, LINE, KINDS } from "./appearance";
import { boxLabel, clusterLabel, titleLabel, partLabel, port } from "./labels";
import { Architecture, isStorage, Workload } from "./model";

type Kind = keyof typeof KINDS;

/** The workloads of one part in one namespace: one table in the picture. */
interface Group {
    readonly id: string;
    readonly namespace: string;
    readonly part: string;
    readonly workloads: readonly Workload[];
}

const ORDER = Object.keys(KINDS);

/** How people come in where nothing lets them. */
const PORT_FORWARD = { style: "dashed", label: "  kubectl port-forward" };

/**
 * Draws an architecture as SVG, by Graphviz compiled to WebAssembly: people, ways in, parts of HySDS by namespace, the
 * configuration that connects them to stores, and the stores.
 *
 * @throws Error with Graphviz's own words when it refuses the graph
 */
export async function drawArchitecture(architecture: Architecture): Promise<string> {
    const viz = await instance();
    const result = viz.render(toGraph(architecture), { format: "svg", engine: "dot" });
    if (result.status === "failure") {
        throw new Error(result.errors.map(({ message }) => message).join("\n"));
    }
    return result.output;
}

function toGraph(architecture: Architecture): Graph {
    const groups = groupByPart(architecture.workloads.filter((each) => !isStorage(each)));
    return {
        directed: true,
        graphAttributes: {
            label: titleLabel(architecture.title, shownKinds(architecture)),
            labelloc: "t",
            fontname: FONT,
            fontsize: 12,
            rankdir: "TB",
            newrank: true,
            nodesep: 0.25,
            ranksep: 0.6,
            compound: true,
            pad: 0.3,
        },
        nodeAttributes: { shape: "plaintext", fontname: FONT, fontsize: 12 },
        edgeAttributes: { color: LINE, arrowsize: 0.7, fontname: FONT, fontsize: 10 },
        nodes: [people()],
        subgraphs: [network(architecture, groups)],
        edges: [...waysIn(architecture, groups), ...dataLines(architecture, groups)],
    };
}

function groupByPart(workloads: readonly Workload[]): Group[] {
    const groups = new Map<string, Workload[]>();
    for (const workload of workloads) {
        const id = `${workload.namespace}/${workload.part}`;
        groups.set(id, [...(groups.get(id) ?? []), workload]);
    }
    return [...groups].map(([id, members]) => ({
        id,
        namespace: members[0]?.namespace ?? "",
        part: members[0]?.part ?? "",
        workloads: members.toSorted(
            (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name),
        ),
    }));
}

function people(): Node {
    const label = boxLabel("entry", "People and their programs", []);
    return { name: "people", attributes: { label } };
}

function shownKinds({ workloads, managedStores, configurations }: Architecture): Kind[] {
    const shown = new Set<Kind>(["entry", ...workloads.map(({ kind }) => kind)]);
    if (managedStores.length > 0) {
        shown.add("store");
    }
    if (configurations.length > 0) {
        shown.add("configuration");
    }
    return (Object.keys(KINDS) as Kind[]).filter((kind) => shown.has(kind));
}

function network(architecture: Architecture, groups: readonly Group[]): Subgraph {
    const stores = architecture.managedStores.map(({ id, name, details }) => ({
        name: id,
        attributes: { label: boxLabel("store", name, details) },
    }));
    const entries = architecture.entries.map(({ id, title, details }) => ({
        name: id,
        attributes: { label: boxLabel("entry", title, details) },
    }));
    const inside = {
        subgraphs: [
            cluster(architecture, groups),
            { graphAttributes: { rank: "same" }, nodes: stores },
        ],
        nodes: entries,
    };
    return architecture.network
        ? box("network", architecture.network, BOXES.network, inside)
        : inside;
}

function cluster(architecture: Architecture, groups: readonly Group[]): Subgraph {
    const names = [...new Set(architecture.workloads.map(({ namespace }) => namespace))];
    return box("kubernetes", architecture.cluster, BOXES.cluster, {
        subgraphs: names.map((name) => namespaceBox(name, architecture, groups)),
    });
}

function namespaceBox(
    name: string,
    { configurations, namespaces, workloads }: Architecture,
    groups: readonly Group[],
): Subgraph {
    const { podSecurity } = namespaces.find((each) => each.name === name) ?? {};
    const title = `namespace ${name}${podSecurity ? ` (${podSecurity})` : ""}`;
    const members = groups.filter(({ namespace }) => namespace === name);
    // Files mounted in several namespaces are shown once, where the first of their readers is.
    const mounted = configurations.filter(
        ({ readers: [first] }) => workloads.find(({ id }) => id === first)?.namespace === name,
    );
    const storage = workloads.filter((each) => each.namespace === name && isStorage(each));
    return box(`namespace_${name}`, { title, details: [] }, BOXES.namespace, {
        nodes: [
            ...members.map((group) => ({
                name: group.id,
                attributes: { label: partLabel(group.part, group.workloads) },
            })),
            ...storage.map(({ id, kind, name: title, details }) => ({
                name: id,
                attributes: { label: boxLabel(kind, title, details) },
            })),
            ...mounted.map(({ id, files }) => ({
                name: id,
                attributes: { label: boxLabel("configuration", undefined, files) },
            })),
        ],
    });
}

function box(
    name: string,
    { title, details }: { title: string; details: readonly string[] },
    bgcolor: string,
    inside: Subgraph,
): Subgraph {
    return {
        ...inside,
        name: `cluster_${name}`,
        graphAttributes: {
            label: clusterLabel(title, details),
            labeljust: "l",
            fontname: FONT,
            labelloc: "t",
            fontsize: 13,
            bgcolor,
            color: LINE,
            style: "rounded",
            margin: 14,
        },
    };
}

function waysIn({ entries, edges, workloads }: Architecture, groups: readonly Group[]): Line[] {
    const ways = workloads.filter(({ kind }) => kind === "entry");
    const forwarded = entries.length === 0 ? ways : [];
    return [
        ...forwarded.map(({ id }) => {
            const { attributes, ...ends } = line({ from: "people", to: id }, groups);
            return { ...ends, attributes: { ...attributes, ...PORT_FORWARD } };
        }),
        ...entries.map(({ id }) => ({ tail: "people", head: id })),
        ...entries.flatMap(({ id, targets }) =>
            targets.map((target) => line({ from: id, to: target }, groups)),
        ),
        ...edges.map((edge) => line(edge, groups)),
    ];
}

function dataLines({ configurations }: Architecture, groups: readonly Group[]): Line[] {
    return configurations.flatMap(({ id, readers, stores }) => {
        const parts = groups.filter(({ workloads }) =>
            workloads.some((w) => readers.includes(w.id)),
        );
        return [
            ...parts.map((group) => ({ tail: group.id, head: id })),
            ...stores.map((store) => line({ from: id, to: store }, groups)),
        ];
    });
}

/** Ends of a line that are workloads are rows of their part's table. */
function line({ from, to }: { from: string; to: string }, groups: readonly Group[]): Line {
    const tail = place(from, groups);
    const head = place(to, groups);
    return {
        tail: tail.node,
        head: head.node,
        attributes: {
            ...(tail.port ? { tailport: tail.port } : {}),
            ...(head.port ? { headport: head.port } : {}),
        },
    };
}

function place(id: string, groups: readonly Group[]): { node: string; port?: string } {
    for (const group of groups) {
        const index = group.workloads.findIndex((workload) => workload.id === id);
        if (index >= 0) {
            return { node: group.id, port: port(index) };
        }
    }
    return { node: id };
}
