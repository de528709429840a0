import { FILE_PATHS } from "../../hysds/configuration";
import { HOME_DIRECTORY, HYSDS_ROOT, WORK_DIRECTORY } from "../../hysds/pod/paths";
import { runsJobs } from "../../hysds/catalog/workload";
import type { WorkloadSpec } from "../../hysds/catalog/workload-spec";
import { KEEP_ON_NODE } from "../../kubernetes/keep-on-node";
import { Finding, remove, set } from "../rule";
import { volumeKinds, WorkloadOverride } from "./workload-fields";

/** Labels by which Services, policies and Deployments know their pods. */
const SELECTING = /^app\.kubernetes\.io\//;

/** What can't be said of the pods of a workload. */
export function podFindings(
    at: string,
    spec: WorkloadSpec,
    { labels = {}, annotations = {}, envFrom = [], volumes = [] }: WorkloadOverride,
): readonly Finding[] {
    return [
        ...Object.keys(labels)
            .filter((name) => SELECTING.test(name))
            .map((name) =>
                refused(`${at}.labels["${name}"]`, "its pods are selected by this label"),
            ),
        ...Object.keys(annotations)
            .filter((name) => runsJobs(spec) && Object.hasOwn(KEEP_ON_NODE, name))
            .map((name) =>
                refused(
                    `${at}.annotations["${name}"]`,
                    "it keeps autoscalers from ending a pod with a running job",
                ),
            ),
        ...envFrom.flatMap(({ secretRef, configMapRef }, index) =>
            (secretRef === undefined) === (configMapRef === undefined)
                ? [refused(`${at}.envFrom[${index}]`, "it needs one of secretRef and configMapRef")]
                : [],
        ),
        ...volumes.flatMap((volume, index) =>
            volumeFindings(`${at}.volumes[${index}]`, spec, volume),
        ),
    ];
}

type Volume = NonNullable<WorkloadOverride["volumes"]>[number];

function volumeFindings(at: string, spec: WorkloadSpec, volume: Volume): readonly Finding[] {
    const { name, mountPath } = volume;
    if (volumeKinds.filter((kind) => volume[kind] !== undefined).length !== 1) {
        return [refused(at, `it needs one of ${volumeKinds.join(", ")}`)];
    }
    const hidden = mountedPaths(spec).find((path) => `${path}/`.startsWith(`${mountPath}/`));
    if (hidden === undefined) {
        return [];
    }
    const reason = `it would hide ${hidden}, which the process needs`;
    return [{ at: `${at}.mountPath`, reason, fixes: [set(`${at}.mountPath`, `/data/${name}`)] }];
}

/** Paths that pods of the workload have something at already. */
function mountedPaths(spec: WorkloadSpec): readonly string[] {
    return [
        "/tmp",
        HOME_DIRECTORY,
        WORK_DIRECTORY,
        HYSDS_ROOT,
        ...spec.files.map((file) => FILE_PATHS[file]),
        ...(spec.writes ?? []),
    ];
}

function refused(at: string, reason: string): Finding {
    return { at, reason, fixes: [remove(at)] };
}
