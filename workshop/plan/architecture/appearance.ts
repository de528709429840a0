import { WorkloadKind } from "./model";

/** Colours by kind, with what the legend calls them. Light fills that black text reads well on. */
export const KINDS: Readonly<
    Record<WorkloadKind | "configuration", { color: string; label: string }>
> = {
    entry: { color: "#d9c8f0", label: "way in" },
    service: { color: "#bcd9f7", label: "HTTP service" },
    worker: { color: "#c9e8c0", label: "Celery workers" },
    process: { color: "#bfe6e3", label: "single process or pipeline" },
    agent: { color: "#dcdcdc", label: "one pod a node" },
    job: { color: "#ececec", label: "job" },
    configuration: { color: "#fdf3c0", label: "configuration (Secrets)" },
    store: { color: "#f9cfae", label: "store" },
};

/** Graphviz knows the widths of its letters, so that text fits its boxes. */
export const FONT = "Arial";

/** Backgrounds of the boxes around things, from the outside in. */
export const BOXES = { network: "#f4f8fc", cluster: "#eef1f5", namespace: "#ffffff" };

export const LINE = "#5b6673";
