/** RFC 1123 label: names of Kubernetes namespaces and Services. https://www.rfc-editor.org/rfc/rfc1123 */
export const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelName =
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
export const labelValue = /^$|^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** At least two labels, such as `hysds.example.org`. */
export const domainName = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Partitions in which HySDS installations run. */
const partition = "arn:(aws|aws-us-gov|aws-cn)";

/** https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html (STS sessions cannot have an access entry) */
export const iamPrincipalArn = new RegExp(`^${partition}:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+$`);

export const certificateArn = new RegExp(
    `^${partition}:acm:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:certificate/[0-9a-f-]{36}$`,
);

export const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName =
    /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-|amzn-s3-demo-)(?!.*(\.\.|-s3alias$|--ol-s3$|--x-s3$|\.mrap$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const vpcId = /^vpc-[0-9a-f]{8,17}$/;
export const subnetId = /^subnet-[0-9a-f]{8,17}$/;

/** EC2 instance type: family, generation, attributes, size. */
export const instanceType =
    /^[a-z]+(-\d+tb)?\d*[a-z]*(-flex)?\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

/** Registry and path, without scheme, tag or trailing slash. */
export const imageRegistry =
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/** An Amazon ECR registry with a path, below which repositories are made. https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export const ecrRegistry =
    /^(?<host>(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?)\/(?<path>[a-z0-9._/-]+)$/;

/** What comes before `/hysds.git`: a URL without credentials, which would be in the state for all to read. */
export const gitBaseUrl = /^(https?|git):\/\/[^\s@?#]+[^\s@?#/]$/;

/** A branch, a tag or a commit. https://git-scm.com/docs/git-check-ref-format, less what BuildKit takes for a folder */
export const gitRef = /^(?!.*(\.\.|\/\/))[A-Za-z0-9]([\w./+-]*[\w+-])?$/;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const imageTag = /^(?!latest$)\w[\w.-]{0,127}$/;

/** A full image reference with a tag other than `latest`, a sha256 digest, or both. */
export const imageReference =
    /^[a-z0-9][a-z0-9._/-]*(:\d{1,5}\/[a-z0-9._/-]+)?(:(?!latest(@|$))\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

/** A queue whose name needs no escaping in a URL or a file name; `amq.` is RabbitMQ's own. */
export const queueName = /^(?!amq\.)[A-Za-z0-9][A-Za-z0-9._-]{0,126}$/;

/** One of the five fields of a cron schedule: every, a list of numbers and ranges, each with or without a step. */
function cronField(number: string): string {
    const range = `(?:\\*|(?:${number})(?:-(?:${number}))?)(?:/[1-9]\\d?)?`;
    return `${range}(?:,${range})*`;
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax, without names. */
export const cronSchedule = new RegExp(
    `^${["[0-5]?\\d", "1?\\d|2[0-3]", "[1-9]|[12]\\d|3[01]", "[1-9]|1[0-2]", "[0-6]"]
        .map(cronField)
        .join(" ")}$`,
);
