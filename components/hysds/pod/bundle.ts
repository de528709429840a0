import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ContainerArgs } from "../../kubernetes/workload";
import { FILE_PATHS } from "../configuration";
import { artifactBucketName } from "../access/artifact-bucket";
import { BUNDLES_PREFIX, VERDI_BUNDLE } from "../../../contract/artifacts";
import { HysdsContext } from "../context";
import { imageReference } from "../images";
import { CONFIGURATION_DIRECTORY, PROBES_DIRECTORY } from "./paths";
import { resourceRequirements } from "./resources";
import { WorkerSpec } from "../catalog/workload-spec";
import { Mounted, workloadVolumes } from "./volumes";

const DIRECTORY = "/opt/hysds/bundle";
const VOLUME = { name: "bundle", mountPath: DIRECTORY };
const SIZE = "1Gi";
const RESOURCES = { cpu: 50, memory: 128, cpuLimit: 1000, memoryLimit: 1024 };

/** What a pool's pod has for the bundle that was shipped to it. */
export interface Bundle {
    /** Unpacks it before anything else of the pod starts. */
    readonly container: ContainerArgs;
    readonly mounted: Mounted;
    /** Puts `python/` of the bundle first, and its `etc/datasets.json` in the place of the stack's. */
    readonly environment: Readonly<Record<string, string>>;
}

/**
 * The bundle of code and configuration for the project's own pools; undefined for other workers, and where there is no
 * bucket of artifacts. A pod reads it once, when it starts: what is shipped later comes with the next pods.
 */
export function bundle(context: HysdsContext, spec: WorkerSpec): Bundle | undefined {
    const bucket = artifactBucketName(context.settings, context.platform);
    if (spec.component !== "verdi" || bucket === undefined) {
        return undefined;
    }
    const variables = {
        BUNDLE_BUCKET: bucket,
        BUNDLE_KEY: `${BUNDLES_PREFIX}${VERDI_BUNDLE}.tar.gz`,
        BUNDLE_DIRECTORY: DIRECTORY,
        STACK_DATASETS: FILE_PATHS["datasets.json"],
        AWS_DEFAULT_REGION: context.platform.region,
    };
    return {
        container: {
            name: "bundle",
            image: spec.imageReference ?? imageReference(spec.image, context.settings),
            command: ["python", "-c", readFileSync(join(__dirname, "bundle.py"), "utf8")],
            env: Object.entries(variables).map(([name, value]) => ({ name, value })),
            resources: resourceRequirements(RESOURCES),
            volumeMounts: [...ownMounts(context, spec), VOLUME],
        },
        mounted: {
            volumes: [{ name: VOLUME.name, emptyDir: { sizeLimit: SIZE } }],
            mounts: [{ ...VOLUME, readOnly: true }],
        },
        environment: {
            PYTHONPATH: `${DIRECTORY}/python:${CONFIGURATION_DIRECTORY}:${PROBES_DIRECTORY}`,
            HYSDS_DATASETS_CFG: `${DIRECTORY}/etc/datasets.json`,
        },
    };
}

function ownMounts(context: HysdsContext, spec: WorkerSpec): Mounted["mounts"] {
    return workloadVolumes(context, spec).mounts.filter(
        ({ mountPath }) => mountPath === FILE_PATHS["datasets.json"] || mountPath === "/tmp",
    );
}
