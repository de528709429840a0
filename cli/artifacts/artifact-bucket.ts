import { CoreV1Api } from "@kubernetes/client-node";
import { ARTIFACTS_CONFIG_MAP, BUNDLES_PREFIX, IMAGES_PREFIX } from "../../contract/artifacts";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { kubernetesError, statusOf } from "../kubernetes-error";
import { ObjectLocation } from "./object-store";

/** The bucket that an installation's Verdi pools read. */
export class ArtifactBucket {
    private constructor(
        private readonly bucket: string,
        private readonly region: string,
    ) {}

    /** The bucket that the installation says that it has; undefined when it has none. */
    static async find(installation: Installation): Promise<ArtifactBucket | undefined> {
        const { kubernetes, namespaces } = installation;
        const name = ARTIFACTS_CONFIG_MAP;
        const namespace = namespaces.services;
        try {
            const { data = {} } = await kubernetes
                .makeApiClient(CoreV1Api)
                .readNamespacedConfigMap({ namespace, name });
            const { bucket, region } = data;
            return bucket && region ? new ArtifactBucket(bucket, region) : undefined;
        } catch (failure) {
            if (statusOf(failure) === 404) {
                return undefined;
            }
            throw kubernetesError(failure, kubernetes, `reading ConfigMap ${namespace}/${name}`);
        }
    }

    /** @throws OperationsError when it has none */
    static async of(installation: Installation): Promise<ArtifactBucket> {
        const bucket = await ArtifactBucket.find(installation);
        if (!bucket) {
            throw new OperationsError(
                `${installation.name} has no bucket of artifacts: on AWS, "pulumi config set hysds:artifactBucket true" and "pulumi up" make one`,
            );
        }
        return bucket;
    }

    /** Where the bundle of a name is. */
    bundle(name: string): Required<ObjectLocation> {
        return this.object(`${BUNDLES_PREFIX}${name}.tar.gz`);
    }

    /** Where an image of a package is. */
    image(file: string): Required<ObjectLocation> {
        return this.object(`${IMAGES_PREFIX}${file}`);
    }

    /** Whether an object is in this bucket. */
    has(location: ObjectLocation): boolean {
        return location.bucket === this.bucket;
    }

    private object(key: string): Required<ObjectLocation> {
        return { bucket: this.bucket, key, region: this.region };
    }
}
