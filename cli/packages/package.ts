import { Document, Documents, Source } from "../search/documents";

export const CONTAINERS = "containers";
export const JOB_SPECS = "job_specs";
/** Actions of job lists and of dataset lists; both are in Mozart's search cluster. */
export const ACTIONS = ["hysds_ios-mozart", "hysds_ios-grq"] as const;

/** A package of HySDS: a container and all that is registered with it. */
export interface HysdsPackage {
    readonly container: Document;
    readonly jobSpecs: readonly Document[];
    /** `hysds_ios` documents. */
    readonly actions: readonly Document[];
}

/** The package of a container's id; undefined when there is none. */
export async function readPackage(
    documents: Documents,
    id: string,
): Promise<HysdsPackage | undefined> {
    const container = await documents.get(CONTAINERS, id);
    if (!container) {
        return undefined;
    }
    const jobSpecs = await withValue(documents, JOB_SPECS, "container", id);
    const actions = await Promise.all(
        jobSpecs.flatMap(({ id: jobSpec }) =>
            ACTIONS.map((index) => withValue(documents, index, "job-specification", jobSpec)),
        ),
    );
    return { container, jobSpecs, actions: actions.flat() };
}

/** Documents with a value in a field, whose whole text is in its sub-field `keyword`. */
async function withValue(
    documents: Documents,
    index: string,
    field: string,
    value: string,
): Promise<Document[]> {
    return documents.all(index, { term: { [`${field}.keyword`]: value } });
}

/** The index of an action: that of Mozart's for its component, and of GRQ's for all others, as sds decides. */
export function indexOfAction({ component }: Source): (typeof ACTIONS)[number] {
    return component === "mozart" || component === "figaro" ? "hysds_ios-mozart" : "hysds_ios-grq";
}
