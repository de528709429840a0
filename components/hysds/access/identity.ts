import * as pulumi from "@pulumi/pulumi";
import { Identity } from "../../platform/platform";
import { IDENTITY_DIRECTORY } from "../pod/paths";
import { Mounted } from "../pod/volumes";

const TOKEN = "token";

/** Seconds. The kubelet makes a new token long before; clients read the file again. */
const TOKEN_LIFETIME = 86_400;

/** What a job worker, its engine and its jobs act as the identity of the pod by. */
export interface JobIdentity {
    readonly mounted: Mounted;
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The token of the pod's ServiceAccount in a volume of its own, since what EKS adds to a pod reaches its containers and
 * no job's. It leaves containers alone that have the variables:
 * https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go. The kubelet makes the file
 * readable for the pod's group alone, which worker, engine and job share.
 */
export function jobIdentity({ handed }: Identity): JobIdentity | undefined {
    if (handed === undefined) {
        return undefined;
    }
    const { audience } = handed;
    const serviceAccountToken = { audience, expirationSeconds: TOKEN_LIFETIME, path: TOKEN };
    const name = "identity";
    return {
        mounted: {
            volumes: [{ name, projected: { sources: [{ serviceAccountToken }] } }],
            mounts: [{ name, mountPath: IDENTITY_DIRECTORY, readOnly: true }],
        },
        environment: handed.variables(`${IDENTITY_DIRECTORY}/${TOKEN}`),
    };
}
