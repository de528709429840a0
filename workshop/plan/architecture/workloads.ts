import { Manifest } from "../manifests";
import { reveal } from "../secret";
import { Workload, WorkloadKind } from "./model";
import { ObjectMeta, PodTemplate, ServiceSpec, WorkloadSpec } from "./shapes";

const WORKLOAD_KINDS = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

/** Every workload among the manifests, with the configuration it mounts. */
export function findWorkloads(manifests: readonly Manifest[]): Workload[] {
    const services = manifests.filter(({ kind }) => kind === "Service");
    const configuration = new Map(
        manifests
            .filter(({ kind }) => kind === "Secret" || kind === "ConfigMap")
            .map((manifest) => [reference(manifest.namespace, manifest.name), manifest]),
    );
    return manifests
        .filter(({ kind }) => WORKLOAD_KINDS.has(kind))
        .map((manifest) => toWorkload(manifest, services, configuration));
}

/** The workloads whose pods a Service sends its requests to. */
export function selectedBy<W extends Pick<Workload, "namespace" | "template">>(
    service: Manifest,
    workloads: readonly W[],
): W[] {
    return workloads.filter(({ namespace, template }) => {
        const pod = JSON.parse(template) as PodTemplate;
        return namespace === service.namespace && selects(service, pod);
    });
}

function toWorkload(
    manifest: Manifest,
    services: readonly Manifest[],
    configuration: ReadonlyMap<string, Manifest>,
): Workload {
    const { resource, namespace = "default" } = manifest;
    const spec = reveal(manifest.body.spec) as WorkloadSpec;
    const template = spec.template ??
        spec.jobTemplate?.spec.template ?? { spec: { containers: [] } };
    const files = mountedFiles(template, namespace, configuration);
    const pods = manifest.kind === "DaemonSet" ? undefined : (spec.replicas ?? 1);
    const processes = celeryProcesses(template, files) * (pods ?? 1);
    const labels = template.metadata?.labels ?? {};
    const part = labels["app.kubernetes.io/component"] ?? "other";
    const isService = services.some(
        (service) => service.namespace === namespace && selects(service, template),
    );
    return {
        id: resource.urn,
        namespace,
        name: (resource.inputs.metadata as ObjectMeta | undefined)?.name ?? resource.name,
        part,
        kind: workloadKind({ manifest, part, processes, isService }),
        pods,
        processes,
        files,
        template: JSON.stringify(template),
        details: describePods(spec, template),
    };
}

function workloadKind(facts: {
    manifest: Manifest;
    part: string;
    processes: number;
    isService: boolean;
}): WorkloadKind {
    const { kind } = facts.manifest;
    if (kind === "StatefulSet") {
        return "store";
    }
    if (kind === "Job" || kind === "CronJob") {
        return "job";
    }
    if (kind === "DaemonSet") {
        return "agent";
    }
    if (facts.processes > 0) {
        return "worker";
    }
    if (!facts.isService) {
        return "process";
    }
    return facts.part === "gateway" ? "entry" : "service";
}

/** Celery processes of one pod: supervisord's copies of its program, or the children of one Celery. */
function celeryProcesses(template: PodTemplate, files: ReadonlyMap<string, string>): number {
    const supervisord = files.get("supervisord.conf") ?? "";
    if (/^command\s*=.*\bcelery\b.*\bworker\b/m.test(supervisord)) {
        const copies = [...supervisord.matchAll(/^numprocs\s*=\s*(\d+)/gm)];
        return copies.reduce((sum, [, count]) => sum + Number(count), 0);
    }
    const commands = template.spec.containers.map(({ command = [], args = [] }) =>
        [...command, ...args].join(" "),
    );
    const celery = commands.find((command) => /\bcelery\b.*\bworker\b/.test(command));
    return celery ? Number(/--concurrency[= ](\d+)/.exec(celery)?.[1] ?? 1) : 0;
}

/** Texts of the Secrets and ConfigMaps that a pod mounts or takes its environment from, by key. */
function mountedFiles(
    template: PodTemplate,
    namespace: string,
    configuration: ReadonlyMap<string, Manifest>,
): Map<string, string> {
    const files = new Map<string, string>();
    for (const name of referencedNames(template)) {
        const body = reveal(configuration.get(reference(namespace, name))?.body) as
            { data?: Record<string, string>; stringData?: Record<string, string> } | undefined;
        Object.entries(body?.data ?? {}).forEach(([key, text]) => files.set(key, text));
        Object.entries(body?.stringData ?? {}).forEach(([key, text]) => files.set(key, text));
    }
    return files;
}

function referencedNames({ spec }: PodTemplate): string[] {
    const volumes = (spec.volumes ?? []).flatMap(({ secret, configMap, projected }) => [
        secret?.secretName,
        configMap?.name,
        ...(projected?.sources ?? []).flatMap((source) => [
            source.secret?.name,
            source.configMap?.name,
        ]),
    ]);
    const variables = spec.containers.flatMap(({ env = [], envFrom = [] }) => [
        ...env.flatMap(({ valueFrom }) => [
            valueFrom?.secretKeyRef?.name,
            valueFrom?.configMapKeyRef?.name,
        ]),
        ...envFrom.flatMap(({ secretRef, configMapRef }) => [secretRef?.name, configMapRef?.name]),
    ]);
    return [...volumes, ...variables].filter((name) => name !== undefined);
}

function describePods(spec: WorkloadSpec, template: PodTemplate): string[] {
    const images = template.spec.containers.map(({ image }) => image ?? "");
    const volumes = (spec.volumeClaimTemplates ?? []).map(
        (claim) => `${claim.spec?.resources?.requests?.storage ?? "?"} volume`,
    );
    const pods = `${spec.replicas ?? 1} pod${spec.replicas === 1 ? "" : "s"}`;
    return [...images.map(shortImage), [pods, ...volumes].join(", ")];
}

/** `docker.io/library/redis:7.4@sha256:…` as `redis:7.4`. */
function shortImage(image: string): string {
    return image.replace(/@sha256:.*$/, "").replace(/^.*\//, "");
}

function selects(service: Manifest, template: PodTemplate): boolean {
    const selector = (service.body.spec as ServiceSpec).selector ?? {};
    const labels = template.metadata?.labels ?? {};
    const entries = Object.entries(selector);
    return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

function reference(namespace: string | undefined, name: string): string {
    return `${namespace}/${name}`;
}
