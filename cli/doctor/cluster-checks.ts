import { AuthorizationV1Api, CoreV1Api, KubeConfig, VersionApi } from "@kubernetes/client-node";
import { InstallationNamespaces } from "../installation";
import { Check } from "./check";

/** What the commands of `hysds-ops` ask of Kubernetes. */
interface Permission {
    readonly verb: string;
    readonly group?: string;
    readonly resource: string;
    readonly subresource?: string;
    readonly namespace: keyof InstallationNamespaces;
}

const PERMISSIONS: readonly Permission[] = [
    { verb: "get", resource: "secrets", namespace: "services" },
    { verb: "list", resource: "pods", namespace: "services" },
    { verb: "list", resource: "pods", namespace: "jobs" },
    { verb: "list", resource: "pods", namespace: "stores" },
    { verb: "create", resource: "pods", subresource: "portforward", namespace: "services" },
    { verb: "get", resource: "pods", subresource: "log", namespace: "services" },
    { verb: "create", resource: "pods", subresource: "exec", namespace: "jobs" },
    { verb: "patch", group: "apps", resource: "deployments", namespace: "services" },
    { verb: "patch", group: "apps", resource: "deployments", namespace: "jobs" },
    { verb: "create", group: "batch", resource: "jobs", namespace: "services" },
];

/** Name, address and answer of the API server. */
export const apiServer: Check = {
    name: "API server",
    fix: "start the cluster, or name another by --context",
    async look({ installation: { kubernetes } }, findings) {
        const start = Date.now();
        const { gitVersion } = await kubernetes.makeApiClient(VersionApi).getCode();
        const server = kubernetes.getCurrentCluster()?.server;
        findings.ok(`Kubernetes ${gitVersion} at ${server} answers in ${Date.now() - start} ms`);
    },
};

/** Whether this user may do what the commands do. */
export const permissions: Check = {
    name: "permissions",
    fix: "ask an administrator of the cluster",
    async look({ installation: { kubernetes, namespaces } }, findings) {
        const asked = await Promise.all(
            PERMISSIONS.map(async (permission) => ({
                permission,
                allowed: await isAllowed(kubernetes, permission, namespaces),
            })),
        );
        const missing = asked.filter(({ allowed }) => !allowed);
        for (const { permission } of missing) {
            const namespace = namespaces[permission.namespace];
            const what = [permission.resource, permission.subresource].filter(Boolean).join("/");
            findings.problem(
                `you may not ${permission.verb} ${what} in ${namespace}`,
                `an administrator's kubectl create rolebinding for you in ${namespace}`,
            );
        }
        if (missing.length === 0) {
            findings.ok(`all ${PERMISSIONS.length} that the commands need`);
        }
    },
};

async function isAllowed(
    kubernetes: KubeConfig,
    { verb, group, resource, subresource, namespace }: Permission,
    namespaces: InstallationNamespaces,
): Promise<boolean> {
    const { status } = await kubernetes
        .makeApiClient(AuthorizationV1Api)
        .createSelfSubjectAccessReview({
            body: {
                spec: {
                    resourceAttributes: {
                        verb,
                        group,
                        resource,
                        subresource,
                        namespace: namespaces[namespace],
                    },
                },
            },
        });
    return status?.allowed ?? false;
}

/** Whether the namespaces are there, and not going. */
export const namespacesThere: Check = {
    name: "namespaces",
    fix: 'run "pulumi up"',
    async look({ installation: { kubernetes, namespaces } }, findings) {
        const api = kubernetes.makeApiClient(CoreV1Api);
        const { services, jobs, stores } = namespaces;
        for (const name of new Set([services, jobs, stores])) {
            const { status } = await api.readNamespace({ name });
            if (status?.phase !== "Active") {
                findings.problem(`${name} is ${status?.phase}`, 'run "pulumi up" when it is gone');
            }
        }
        if (findings.all.length === 0) {
            findings.ok(`${services}, ${jobs} and ${stores} are there`);
        }
    },
};
