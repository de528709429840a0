import { z } from "zod";
import { HYSDS_REPOSITORIES, HysdsRepository } from "../../images/repositories";
import { maxConsumerTimeoutHours } from "../limits/rabbitmq";
import { cpuCores, memoryBytes } from "../quantity";
import { key, optional } from "./key";
import * as patterns from "./patterns";

/** `pulumi config set --path` stores whole numbers as numbers, also where a quantity is meant. */
const quantity = z.union([z.string(), z.number()]).transform(String);

/** 64 MiB is less than a Python process needs: below it a unit is missing, as in `512` or `512m`. */
const minWorkerBytes = 64 * 2 ** 20;

const worker = z.strictObject({
    name: z
        .string()
        .max(40)
        .regex(patterns.dnsLabel)
        .meta({ allowed: "at most 40 lower-case letters, digits and hyphens", example: "ingest" }),
    queue: z.string().regex(patterns.queueName).meta({
        allowed: "letters, digits and ._-, not beginning with amq.",
        example: "ingest-queue",
    }),
    image: z.string().regex(patterns.imageReference).optional().meta({
        allowed: "a full image reference with a tag other than latest, or a digest",
        example: "registry.example.org/hysds/verdi:1.0.0",
    }),
    minReplicas: z.int().min(0).max(10000).default(0),
    maxReplicas: z.int().min(1).max(10000).default(1),
    timeoutHours: z.int().min(1).max(maxConsumerTimeoutHours).default(24),
    cpu: quantity
        .refine((value) => (cpuCores(value) ?? 0) > 0)
        .default("1")
        .meta({ allowed: "cores, such as 2, 0.5 or 500m" }),
    memory: quantity
        .refine((value) => (memoryBytes(value) ?? 0) >= minWorkerBytes)
        .default("2Gi")
        .meta({ allowed: "bytes with a unit, such as 512Mi or 4Gi, at least 64Mi" }),
    diskGiB: z.int().min(1).max(65536).default(20),
    instanceTypes: z
        .array(
            z.string().regex(patterns.instanceType).meta({
                allowed: "an EC2 instance type, such as m6id.2xlarge",
                example: "m6id.2xlarge",
            }),
        )
        .min(1)
        .optional()
        .meta({ allowed: "EC2 instance types, at least one" }),
    spot: z.boolean().optional(),
    nodeSelector: z
        .record(z.string().regex(patterns.labelName), z.string().regex(patterns.labelValue))
        .optional()
        .meta({ allowed: "Kubernetes labels and their values" }),
});

/** Keys about HySDS itself. */
export const hysdsKeys = {
    namespace: key(z.string().regex(patterns.dnsLabel), {
        group: "HySDS",
        default: "hysds",
        description: "Kubernetes namespace of the services.",
        allowed: "an RFC 1123 label",
    }),
    jobsNamespace: key(z.string().regex(patterns.dnsLabel), {
        group: "HySDS",
        default: "hysds-jobs",
        description: "Kubernetes namespace of the job workers, whose pods are privileged.",
        allowed: "an RFC 1123 label",
    }),
    storesNamespace: key(z.string().regex(patterns.dnsLabel), {
        group: "HySDS",
        default: "hysds-stores",
        description: "Kubernetes namespace of the in-cluster stores.",
        allowed: "an RFC 1123 label",
    }),
    venue: key(optional(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/), {
        group: "HySDS",
        default: "",
        description: "Name of this installation in HySDS (its VENUE). Empty: the stack's name.",
        allowed: "empty, or at most 63 letters, digits, _ and -",
    }),
    containerEngine: key(z.enum(["podman", "docker"]), {
        group: "HySDS",
        default: "podman",
        description:
            "What job workers start PGE containers with: podman in the worker, or a Docker-in-Docker sidecar.",
    }),
    processModel: key(z.enum(["prefork", "supervisord"]), {
        group: "HySDS",
        default: "prefork",
        description:
            "How one pod runs several Celery processes of a queue: children of one worker, or workers under supervisord.",
    }),
    parallelismPercent: key(z.int().min(1).max(400), {
        group: "HySDS",
        default: 25,
        description:
            "Processes of every built-in queue, in percent of HySDS on virtual machines: 100 is 32 orchestrators, 64 rule workers and so on.",
    }),
    size: key(z.enum(["small", "standard"]), {
        group: "HySDS",
        default: "standard",
        description:
            "Requests and replicas of the services: small fits 4 CPUs and 8 GiB together with in-cluster stores.",
    }),
    jobTimeoutHours: key(z.int().min(1).max(maxConsumerTimeoutHours), {
        group: "HySDS",
        default: 24,
        description: "Longest job on the built-in job queues, hours.",
    }),
    datasetBuckets: key(z.array(z.string().regex(patterns.bucketName)), {
        group: "HySDS",
        default: [],
        description: "S3 buckets that jobs may read and write.",
        allowed: "S3 bucket names (not ARNs), each once",
        example: "my-project-datasets",
    }),
    workers: key(z.array(worker), {
        group: "HySDS",
        default: [],
        description:
            "Verdi worker pools for the project's own queues, each with name and queue, and where needed image, minReplicas (0), maxReplicas (1), timeoutHours (24), cpu (1), memory (2Gi) and diskGiB (20). With instanceTypes or spot, a pool has nodes of its own on AWS; with nodeSelector, it keeps to nodes with these labels of an existing cluster.",
        allowed: "worker pools with different names and queues",
    }),
};

/** Keys about container images. */
export const imageKeys = {
    imageRegistry: key(z.string().regex(patterns.imageRegistry), {
        group: "Images",
        default: "docker.io/hysds",
        description: "Registry and path before the names of HySDS images.",
        allowed: "host and path, without https:// and without a slash at the end",
    }),
    imageTag: key(z.string().regex(patterns.imageTag), {
        group: "Images",
        default: "0.1.0",
        description: "Tag of HySDS images.",
        allowed: "a tag other than latest",
    }),
    imageOverrides: key(
        z.record(
            z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/),
            z.string().regex(patterns.imageReference),
        ),
        {
            group: "Images",
            default: {},
            description:
                "Full references for single images, by name: for digests and for own builds.",
            allowed: "full image references with a tag other than latest, or a digest",
            example: "registry.example.org/hysds/mozart:1.0.0",
        },
    ),
};

/** A Git ref for each repository, none of which must be given. */
const refs = Object.fromEntries(
    Object.keys(HYSDS_REPOSITORIES).map((name) => [
        name,
        z.string().regex(patterns.gitRef).optional(),
    ]),
) as Record<HysdsRepository, z.ZodOptional<z.ZodString>>;

/** Keys about building them. */
export const imageBuildKeys = {
    imageBuild: key(z.enum(["none", "ecr"]), {
        group: "Images",
        default: "none",
        description:
            "Whether pulumi up builds the HySDS images and pushes them to ECR, or takes those that imageRegistry has.",
        scope: "aws",
    }),
    imageReleaseDirectory: key(z.string().min(1), {
        group: "Images",
        default: "release",
        description: "Directory with HySDS's own code for imageBuild ecr; see docs/images.md.",
        allowed: "a path, relative to the project or absolute",
    }),
    imageSource: key(optional(patterns.gitBaseUrl), {
        group: "Images",
        default: "",
        description:
            "Git base URL of HySDS's repositories for imageBuild ecr, instead of imageReleaseDirectory: what comes before /hysds.git.",
        allowed: "empty, or an https://, http:// or git:// URL without credentials",
        example: "https://git.example.org/hysds",
        scope: "aws",
    }),
    imageSourceRefs: key(z.strictObject(refs), {
        group: "Images",
        default: {},
        description:
            "Branch, tag or commit of single repositories of imageSource; the others are at the versions that docs/images.md has tried together.",
        allowed: "repositories of HySDS, each with a Git ref",
        example: "v3.3.2",
        scope: "aws",
    }),
};

/** Keys about how people reach HySDS. */
export const ingressKeys = {
    ingress: key(z.enum(["none", "load-balancer", "ingress"]), {
        group: "Access",
        default: "load-balancer",
        description:
            "How people reach the REST APIs, the dashboards and Flower: kubectl port-forward only, a Service of type LoadBalancer, or an Ingress.",
    }),
    ingressScheme: key(z.enum(["internal", "internet-facing"]), {
        group: "Access",
        default: "internal",
        description: "Whether load balancers have private or public addresses.",
    }),
    ingressAllowedCidrs: key(z.array(z.string()), {
        group: "Access",
        default: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
        description: "Who may reach the load balancers.",
        allowed: "IPv4 or IPv6 networks",
        example: "10.0.0.0/8",
    }),
    domain: key(optional(patterns.domainName), {
        group: "Access",
        default: "",
        description: "Host name of this installation. DNS for it is yours to set.",
        allowed: "empty, or a fully qualified domain name",
        example: "hysds.example.org",
    }),
    tls: key(z.enum(["none", "acm", "cert-manager"]), {
        group: "Access",
        default: "none",
        description:
            "Where the certificate of domain comes from: AWS Certificate Manager or cert-manager.",
    }),
    certificateArn: key(optional(patterns.certificateArn), {
        group: "Access",
        default: "",
        description: "ACM certificate of domain.",
        allowed: "empty, or arn:<partition>:acm:<region>:<account>:certificate/<id>",
        example:
            "arn:aws:acm:us-west-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        scope: "aws",
    }),
    clusterIssuer: key(optional(/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/), {
        group: "Access",
        default: "",
        description: "cert-manager ClusterIssuer that issues the certificate.",
        allowed: "empty, or the name of a ClusterIssuer",
        example: "letsencrypt",
    }),
    ingressClass: key(optional(/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/), {
        group: "Access",
        default: "",
        description: "IngressClass of the Ingress. Empty: the cluster's default.",
        allowed: "empty, or the name of an IngressClass",
    }),
    mozartLoadBalancer: key(z.boolean(), {
        group: "Access",
        default: false,
        description: "Give Mozart a Service of type LoadBalancer of its own on port 8888.",
    }),
};
