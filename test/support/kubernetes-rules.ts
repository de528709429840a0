/**
 * What the Kubernetes API server refuses beside its schema: names, labels, annotations and schedules. Rules as in
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go and
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go.
 */

interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const PORT = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

function isLabel(text: string): boolean {
    return text.length <= 63 && LABEL.test(text);
}

function isSubdomain(text: string): boolean {
    return text.length <= 253 && text.split(".").every((part) => LABEL.test(part));
}

function isQualifiedName(text: string): boolean {
    const [name = "", prefix, ...others] = text.split("/").reverse();
    return (
        others.length === 0 &&
        (prefix === undefined || isSubdomain(prefix)) &&
        name.length <= 63 &&
        QUALIFIED.test(name)
    );
}

function isLabelValue(text: string): boolean {
    return text === "" || (text.length <= 63 && QUALIFIED.test(text));
}

/** Names of kinds that are stricter than a subdomain; a CronJob's Jobs get 11 characters more. */
const NAMES: Readonly<Record<string, (name: string) => boolean>> = {
    Namespace: isLabel,
    Service: (name) => name.length <= 63 && SERVICE.test(name),
    // A label of its pods has the name of the revision, which is this one and a hash of ten.
    StatefulSet: (name) => isLabel(name) && name.length <= 52,
    CronJob: (name) => isSubdomain(name) && name.length <= 52,
    Job: (name) => isSubdomain(name) && name.length <= 63,
    Role: (name) => !/[/%]/.test(name),
    RoleBinding: (name) => !/[/%]/.test(name),
    ClusterRole: (name) => !/[/%]/.test(name),
    ClusterRoleBinding: (name) => !/[/%]/.test(name),
};

/** Least and most of each field of a schedule, as https://github.com/robfig/cron/blob/v3/spec.go has them. */
const CRON: readonly (readonly [number, number])[] = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 6],
];

function isSchedule(text: string): boolean {
    const fields = text.split(/\s+/);
    return (
        fields.length === 5 &&
        fields.every((field, index) => {
            const [least, most] = CRON[index] ?? [0, 0];
            return field.split(",").every((range) => {
                const [span = "", step = "1", ...rest] = range.split("/");
                const [start = "", end = start] =
                    span === "*" ? [`${least}`, `${most}`] : span.split("-");
                return (
                    rest.length === 0 &&
                    [start, end, step].every((number) => /^\d+$/.test(number)) &&
                    Number(start) >= least &&
                    Number(end) <= most &&
                    Number(start) <= Number(end) &&
                    Number(step) > 0
                );
            });
        })
    );
}

type Check = (value: unknown, at: string) => readonly string[];

function entries(value: unknown): readonly (readonly [string, unknown])[] {
    return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

const labels: Check = (value, at) =>
    entries(value).flatMap(([name, text]) =>
        typeof text !== "string" || (isQualifiedName(name) && isLabelValue(text))
            ? []
            : [`${at}: label ${name}=${text}`],
    );

const annotations: Check = (value, at) =>
    entries(value)
        .filter(([name]) => !isQualifiedName(name.toLowerCase()))
        .map(([name]) => `${at}: annotation ${name}`);

function named(isRight: (name: string) => boolean): Check {
    return (value, at) => {
        const names = (Array.isArray(value) ? value : []).map(
            (each: { readonly name?: string }) => each.name ?? "",
        );
        const wrong = names.filter((name) => name !== "" && !isRight(name));
        const twice = names.filter((name, index) => name !== "" && names.indexOf(name) < index);
        return [...wrong, ...twice].map((name) => `${at}: name ${name}`);
    };
}

/** By field, wherever it is. */
const FIELDS = new Map<string, Check>(
    Object.entries<Check>({
        labels,
        matchLabels: labels,
        nodeSelector: labels,
        selector: (value, at) =>
            entries(value).some(([name]) => name === "matchLabels") ? [] : labels(value, at),
        annotations,
        containers: named(isLabel),
        initContainers: named(isLabel),
        volumes: named(isLabel),
        ports: named((name) => name.length <= 15 && PORT.test(name)),
        schedule: (value, at) =>
            isSchedule(String(value)) ? [] : [`${at}: schedule ${String(value)}`],
    }),
);

function walk(value: unknown, at: string): readonly string[] {
    return entries(value).flatMap(([name, child]) => [
        ...(FIELDS.get(name)?.(child, `${at}.${name}`) ?? []),
        ...walk(child, `${at}.${name}`),
    ]);
}

/** Everything that the API server would refuse of the names in an object; empty when it takes them. */
export function nameProblems(manifest: Manifest): readonly string[] {
    const { kind, metadata } = manifest;
    const isRight = NAMES[kind] ?? isSubdomain;
    const own = isRight(metadata.name) ? [] : [`${kind}: name ${metadata.name}`];
    const rest = Object.fromEntries(
        Object.entries(manifest).filter(([key]) => key !== "data" && key !== "stringData"),
    );
    return [...own, ...walk(kind === "CustomResourceDefinition" ? {} : rest, kind)];
}
