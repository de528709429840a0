import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { IMAGES, ImageSources } from "../kubernetes/images";
import { ContainerArgs } from "../kubernetes/workload";

/** User of the image. */
export const NGINX_UID = 101;

/** What differs from one nginx to the next. */
interface NginxContainerArgs extends Pick<
    k8s.types.input.core.v1.Container,
    "ports" | "lifecycle" | "readinessProbe" | "livenessProbe"
> {
    readonly resources: k8s.types.input.core.v1.ResourceRequirements;
}

/**
 * nginx with the configuration of {@link nginxVolumes}. The image's entrypoint writes the node's name servers into the
 * template before nginx starts.
 */
export function nginxContainer(images: ImageSources, args: NginxContainerArgs): ContainerArgs {
    return {
        ...args,
        name: "nginx",
        image: IMAGES.reference("nginx", images),
        args: ["nginx", "-c", "/rendered/nginx.conf", "-g", "daemon off;"],
        env: [
            { name: "NGINX_ENTRYPOINT_LOCAL_RESOLVERS", value: "1" },
            { name: "NGINX_ENVSUBST_OUTPUT_DIR", value: "/rendered" },
            { name: "NGINX_ENVSUBST_FILTER", value: "^NGINX_LOCAL_RESOLVERS$" },
        ],
        volumeMounts: [
            { name: "templates", mountPath: "/etc/nginx/templates", readOnly: true },
            { name: "rendered", mountPath: "/rendered" },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}

/**
 * @param configMap name of the ConfigMap that holds the template `nginx.conf.template`
 * @param temporary most of what nginx may buffer on disk, as a Kubernetes quantity
 */
export function nginxVolumes(
    configMap: pulumi.Input<string>,
    temporary: string,
): k8s.types.input.core.v1.Volume[] {
    return [
        { name: "templates", configMap: { name: configMap } },
        { name: "rendered", emptyDir: {} },
        { name: "tmp", emptyDir: { sizeLimit: temporary } },
    ];
}
