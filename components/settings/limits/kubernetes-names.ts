/** RFC 1123 label: names of Kubernetes namespaces and Services. https://www.rfc-editor.org/rfc/rfc1123 */
export const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelName =
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
export const labelValue = /^$|^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** At least two labels, such as `hysds.example.org`. */
export const domainName = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

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
