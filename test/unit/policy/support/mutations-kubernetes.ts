import { Mutations, change } from "./mutation";
import { subject } from "./extras";
import * as types from "./types";

const { DEPLOYMENT, DAEMON_SET, JOB, CONFIG_MAP, SERVICE } = types;

const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.0`;

/** Text that looks like a generated key, and is none. */
const RANDOM = "q7Vb2Lx9RtYp4KzN8sWd3HmC6fJgA1eU";

const role = {
    metadata: { name: "wide" },
    rules: [{ apiGroups: [""], resources: ["*"], verbs: ["get"] }],
};

/** One change of a Kubernetes object, or of a setting, for each way in which a rule can be broken. */
export const kubernetesMutations: Mutations = {
    "image-registries": [
        { settings: { imageRegistry: "registry.example.com/hysds" } },
        change((it) => it.set(JOB, `${CONTAINER}.image`, "docker.io/library/busybox:1.37.0")),
    ],
    "image-versions": [
        change((it) => it.set(JOB, `${CONTAINER}.image`, "docker.io/hysds/core:latest")),
        change((it) => it.set(DEPLOYMENT, `${CONTAINER}.image`, "docker.io/hysds/core")),
        {
            values: { "image-versions": { requireDigest: true } },
            ...change((it) => it.alter(JOB, {})),
        },
    ],
    "requests-and-limits": [
        change((it) => it.set(DEPLOYMENT, `${CONTAINER}.resources.limits.memory`, undefined)),
        change((it) => it.set(JOB, `${CONTAINER}.resources`, undefined)),
    ],
    "readiness-probe": [
        change((it) => it.set(DAEMON_SET, `${CONTAINER}.readinessProbe`, undefined)),
    ],
    "liveness-probe": [
        change((it) => it.set(DEPLOYMENT, `${CONTAINER}.livenessProbe`, undefined, "mozart")),
    ],
    "namespace-pod-security": [
        change((it) =>
            it.set(
                types.NAMESPACE,
                "metadata.labels",
                { "pod-security.kubernetes.io/enforce": "baseline" },
                "hysds",
            ),
        ),
    ],
    "run-as-non-root": [
        change((it) => it.set(JOB, `${POD}.securityContext.runAsNonRoot`, undefined)),
        change((it) => it.set(JOB, `${CONTAINER}.securityContext.runAsUser`, 0)),
    ],
    "no-privileged-containers": [
        change((it) => it.set(DEPLOYMENT, `${CONTAINER}.securityContext.privileged`, true)),
    ],
    "no-privilege-escalation": [
        change((it) =>
            it.set(JOB, `${CONTAINER}.securityContext.allowPrivilegeEscalation`, undefined),
        ),
    ],
    "drop-capabilities": [
        change((it) => it.set(JOB, `${CONTAINER}.securityContext.capabilities`, undefined)),
        change((it) => it.set(JOB, `${CONTAINER}.securityContext.capabilities.add`, ["SYS_ADMIN"])),
    ],
    "seccomp-profile": [
        change((it) => it.set(JOB, `${POD}.securityContext.seccompProfile`, undefined)),
        change((it) =>
            it.set(JOB, `${CONTAINER}.securityContext.seccompProfile`, { type: "Unconfined" }),
        ),
    ],
    "no-host-namespaces": [
        ...["hostNetwork", "hostPID", "hostIPC"].map((key) =>
            change((it) => it.set(DAEMON_SET, `${POD}.${key}`, true)),
        ),
    ],
    "no-host-paths": [
        change((it) =>
            it.set(DAEMON_SET, `${POD}.volumes.0`, {
                name: "docker",
                hostPath: { path: "/var/run/docker.sock" },
            }),
        ),
    ],
    "no-host-ports": [
        change((it) =>
            it.set(DAEMON_SET, `${CONTAINER}.ports`, [{ containerPort: 80, hostPort: 80 }]),
        ),
    ],
    "read-only-root": [
        change((it) => it.set(JOB, `${CONTAINER}.securityContext.readOnlyRootFilesystem`, false)),
    ],
    "no-unused-token": [
        change((it) => it.set(DAEMON_SET, `${POD}.automountServiceAccountToken`, undefined)),
    ],
    "no-default-namespace": [
        change((it) => it.set(JOB, "metadata.namespace", "default")),
        change((it) => it.set(SERVICE, "metadata.namespace", undefined)),
    ],
    "default-deny-ingress": [
        change((it) => it.remove(types.NETWORK_POLICY, "hysds-default-deny")),
        change((it) => it.set(types.NETWORK_POLICY, "spec.ingress", [{}], "hysds-default-deny")),
    ],
    "exactly-one-recreate": [
        change((it) =>
            it.set(DEPLOYMENT, "spec.strategy", { type: "RollingUpdate" }, "process-events"),
        ),
        change((it) => it.set(DEPLOYMENT, "spec.replicas", undefined, "watchdog-job-timeouts")),
    ],
    "celery-grace-period": [
        change((it) =>
            it.set(
                DEPLOYMENT,
                `${POD}.terminationGracePeriodSeconds`,
                3600,
                "factotum-job-worker-small",
            ),
        ),
        change((it) =>
            it.set(DEPLOYMENT, `${POD}.terminationGracePeriodSeconds`, undefined, "on-demand-job"),
        ),
    ],
    "disruption-budget": [change((it) => it.remove(types.BUDGET, "mozart"))],
    "disruption-budget-lets-drain": [
        change((it) => it.set(types.BUDGET, "spec.maxUnavailable", 0)),
        change((it) => it.set(types.BUDGET, "spec.minAvailable", "100%")),
    ],
    "spread-replicas": [
        change((it) => it.set(DEPLOYMENT, `${POD}.topologySpreadConstraints`, [], "mozart")),
    ],
    "no-rbac-wildcards": [
        change((it) => it.set(types.RBAC_ROLE, "rules.0.verbs", ["*"])),
        change((it) => it.add(subject(types.CLUSTER_ROLE, "wide", role))),
    ],
    "no-cluster-admin-binding": [
        change((it) =>
            it.set(types.ROLE_BINDING, "roleRef", { kind: "ClusterRole", name: "cluster-admin" }),
        ),
        change((it) =>
            it.add(
                subject(types.CLUSTER_ROLE_BINDING, "admin", {
                    roleRef: { kind: "ClusterRole", name: "cluster-admin" },
                }),
            ),
        ),
    ],
    "explicit-kubernetes-provider": [
        change((it) => it.alter(CONFIG_MAP, { provider: "default_4_25_0" })),
    ],
    "no-credential-in-config-map": [
        change((it) => it.set(CONFIG_MAP, "data.password", "correct-horse")),
        change((it) => it.set(CONFIG_MAP, "data.settings", 'db_password = "hunter2hunter2"')),
        change((it) => it.set(CONFIG_MAP, "data.settings", "amqp://hysds:hunter2@rabbitmq:5672")),
        change((it) => it.set(CONFIG_MAP, "data.settings", `key ${RANDOM}`)),
        change((it) =>
            it.set(CONFIG_MAP, "data.settings", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
        ),
    ],
    "no-credential-in-environment": [
        change((it) => it.set(JOB, `${CONTAINER}.env`, [{ name: "DB_PASSWORD", value: "x" }])),
        change((it) => it.set(JOB, `${CONTAINER}.args`, ["--key", "AKIAQ3EGRZ7K2MX4WPLD"])),
    ],
    "no-credential-in-annotation": [
        change((it) => it.set(SERVICE, "metadata.annotations", { token: RANDOM })),
        change((it) =>
            it.set(JOB, "spec.template.metadata.annotations", { note: "ghp_" + "a1".repeat(18) }),
        ),
    ],
    "generated-password-length": [change((it) => it.set(types.PASSWORD, "length", 8))],
    "secrets-stay-secret": [
        change((it) =>
            it
                .set(types.PASSWORD, "result", "a generated secret")
                .set(CONFIG_MAP, "data.note", "it is a generated secret, in a sentence"),
        ),
    ],
};
