import { z } from "zod";
import { dnsLabel, labelName, labelValue, subdomainCharacters } from "../limits/kubernetes-names";
import type { Values } from "../schema";
import { memoryBytes } from "../../../contract/memory-quantity";
import { cpuCores } from "../quantity";

/** `pulumi config set --path` stores whole numbers as numbers, also where a quantity or a text is meant. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const amounts = z.strictObject({
    cpu: text
        .refine((value) => (cpuCores(value) ?? 0) > 0)
        .optional()
        .meta({ allowed: "cores, such as 2, 0.5 or 500m", example: "500m" }),
    memory: text
        .refine((value) => (memoryBytes(value) ?? 0) >= 2 ** 24)
        .optional()
        .meta({ allowed: "bytes with a unit, such as 512Mi or 4Gi", example: "1Gi" }),
});

/** Secrets, ConfigMaps and claims: DNS subdomains. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const objectName = z
    .string()
    .max(253)
    .regex(subdomainCharacters)
    .meta({ allowed: "the name of a Kubernetes object", example: "project-settings" });

const reference = z.strictObject({ name: objectName });

const source = z.strictObject({
    secretRef: reference.optional(),
    configMapRef: reference.optional(),
});

const toleration = z.strictObject({
    key: z.string().regex(labelName).optional(),
    operator: z.enum(["Equal", "Exists"]).optional(),
    value: z.string().regex(labelValue).optional(),
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
    tolerationSeconds: z.int().min(0).optional(),
});

/** Kubernetes' own structure, which the API server checks. */
const term = z.record(
    z.string(),
    z.custom<object>((value) => typeof value === "object" && value !== null),
);

const volume = z.strictObject({
    name: z.string().max(50).regex(dnsLabel).meta({
        allowed: "at most 50 lower-case letters, digits and hyphens",
        example: "project",
    }),
    mountPath: z
        .string()
        .regex(/^(\/[\w.-]+)+$/)
        .meta({ allowed: "an absolute path without a slash at its end", example: "/data/project" }),
    readOnly: z.boolean().optional(),
    configMap: reference.optional(),
    secret: z.strictObject({ secretName: objectName }).optional(),
    persistentVolumeClaim: z.strictObject({ claimName: objectName }).optional(),
    emptyDir: z
        .strictObject({
            sizeLimit: text
                .refine((value) => (memoryBytes(value) ?? 0) > 0)
                .meta({ allowed: "bytes with a unit, such as 4Gi", example: "4Gi" }),
        })
        .optional(),
});

/** Kinds of volumes that Pod Security `restricted` admits; a host's directory is none of them. */
export const volumeKinds = ["configMap", "secret", "persistentVolumeClaim", "emptyDir"] as const;

/** What a stack may say of one workload of HySDS beside what the catalogue says; Kubernetes' own words. */
export const workloadFields = z.strictObject({
    replicas: z.int().min(1).max(1000).optional(),
    maxReplicas: z.int().min(2).max(10000).optional(),
    processes: z.int().min(1).max(128).optional(),
    resources: z
        .strictObject({ requests: amounts.optional(), limits: amounts.optional() })
        .optional()
        .meta({ allowed: "requests and limits of cpu and memory" }),
    env: z
        .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), text)
        .optional()
        .meta({ allowed: "variables and their values; name Secrets in envFrom" }),
    envFrom: z.array(source).min(1).optional().meta({ allowed: "secretRef or configMapRef, each" }),
    annotations: z
        .record(z.string().regex(labelName), text)
        .optional()
        .meta({ allowed: "Kubernetes annotations and their values" }),
    labels: z
        .record(z.string().regex(labelName), text.pipe(z.string().regex(labelValue)))
        .optional()
        .meta({ allowed: "Kubernetes labels and their values" }),
    nodeSelector: z
        .record(z.string().regex(labelName), text.pipe(z.string().regex(labelValue)))
        .optional()
        .meta({ allowed: "Kubernetes labels of nodes and their values" }),
    tolerations: z
        .array(toleration)
        .min(1)
        .optional()
        .meta({ allowed: "tolerations as a pod has them, at least one" }),
    affinity: z
        .strictObject({
            nodeAffinity: term.optional(),
            podAffinity: term.optional(),
            podAntiAffinity: term.optional(),
        })
        .optional()
        .meta({ allowed: "nodeAffinity, podAffinity and podAntiAffinity as a pod has them" }),
    priorityClass: objectName.optional(),
    volumes: z
        .array(volume)
        .min(1)
        .optional()
        .meta({ allowed: `name, mountPath, and one of ${volumeKinds.join(", ")}` }),
});

/** What a stack says of one workload. */
export type WorkloadOverride = Values["workloads"][string];

/** Part of it that is about pods, whatever they run. */
export type PodOverride = Pick<
    WorkloadOverride,
    | "env"
    | "envFrom"
    | "annotations"
    | "labels"
    | "nodeSelector"
    | "tolerations"
    | "affinity"
    | "priorityClass"
    | "volumes"
>;
