import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { artifactBucketName } from "../../hysds/access/artifact-bucket";
import { ARTIFACTS_CONFIG_MAP } from "../../../contract/artifacts";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { PrivateBucket, removingReplaced } from "./private-bucket";

/** What a stack says of its artifacts. */
export interface ArtifactOutputs {
    /** Bucket that `hysds-ops ship` and `hysds-ops pkg` write to, and job workers read. */
    readonly artifactBucket?: pulumi.Output<string>;
}

/**
 * The bucket of artifacts, where the settings ask for one: bundles of code and configuration, and images of packages.
 * What is replaced or deleted stays for `artifacts.versionDays`, to go back to. Job workers may read it
 * (`jobPermissions`); who ships has rights of their own.
 */
export function createArtifacts(settings: Settings, platform: Platform): ArtifactOutputs {
    const bucketName = artifactBucketName(settings, platform);
    if (settings.artifacts.kind === "none" || bucketName === undefined) {
        return {};
    }
    const bucket = new PrivateBucket(`${settings.namePrefix}-artifacts`, {
        bucketName,
        protect: settings.protect,
        tags: settings.tags,
        lifecycle: [removingReplaced(settings.artifacts.versionDays)],
    });
    tell(bucket, settings, platform);
    return { artifactBucket: bucket.bucketName };
}

/** Where `hysds-ops` reads which bucket it is. */
function tell(bucket: PrivateBucket, settings: Settings, platform: Platform): void {
    const namespace = platform.namespace(settings.hysds.namespace, "restricted");
    new k8s.core.v1.ConfigMap(
        `${settings.namePrefix}-artifacts`,
        {
            metadata: {
                name: ARTIFACTS_CONFIG_MAP,
                namespace: namespace.name,
                labels: workloadLabels(ARTIFACTS_CONFIG_MAP, "operations"),
            },
            data: { bucket: bucket.bucketName, region: platform.region },
        },
        inNamespace(bucket, platform, namespace),
    );
}
