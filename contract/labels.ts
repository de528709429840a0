/** The components of HySDS, which were VMs of these names. */
export const HYSDS_COMPONENTS = ["mozart", "grq", "metrics", "factotum", "verdi"] as const;

export type HysdsComponentName = (typeof HYSDS_COMPONENTS)[number];

/** What a workload belongs to: `app.kubernetes.io/component`. */
export type Component =
    | HysdsComponentName
    | "stores"
    | "gateway"
    | "bootstrap"
    | "backups"
    | "autoscaling"
    | "monitoring"
    | "operations";

export type Labels = Record<string, string>;

/** Annotation of the workers of a Celery queue: its name. */
export const QUEUE_ANNOTATION = "hysds/queue";

/**
 * The labels that select the pods of one workload. Selectors are immutable, so these two never change once a
 * workload exists.
 *
 * @param name the workload, such as `mozart-rest-api`; unique in its namespace
 * @param component the component of HySDS that it belongs to
 */
export function selectorLabels(name: string, component: Component): Labels {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/component": component,
    };
}

/**
 * The labels that every object of a workload carries: its selector plus the recommended common ones
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/).
 *
 * @param name the workload, such as `mozart-rest-api`; unique in its namespace
 * @param component the component of HySDS that it belongs to
 */
export function workloadLabels(name: string, component: Component): Labels {
    return {
        ...selectorLabels(name, component),
        "app.kubernetes.io/part-of": "hysds",
        "app.kubernetes.io/managed-by": "pulumi",
    };
}
