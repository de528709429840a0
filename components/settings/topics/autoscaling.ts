import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import { dnsLabel } from "../limits/kubernetes-names";
import { Finding, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { names, notFree } from "./namespaces";
import { placeKeys, placeOf, where } from "./stores";

const KEDA = { autoscaling: "keda" } as const;
const INSTALLED_KEDA = { ...KEDA, kedaInstall: "helm" } as const;

/** Keys about the number of workers. Times come from workshop/bench/autoscaling. */
export const keys = topicKeys("Autoscaling", {
    autoscaling: key(z.enum(["none", "keda"]), {
        default: "none",
        description:
            "Workers of a queue: as many as its settings say, or as many as it has messages for, by KEDA. See docs/autoscaling.md.",
    }),
    kedaInstall: key(z.enum(["helm", "existing"]), {
        default: "helm",
        description:
            "How KEDA gets into the cluster: its own Helm chart, or it is there already (2.16 or later).",
        requires: KEDA,
    }),
    kedaNamespace: key(z.string().regex(dnsLabel), {
        default: "keda",
        description:
            "Namespace of KEDA's operator, which the in-cluster broker lets ask for queue depths.",
        allowed: "an RFC 1123 label",
        requires: [
            INSTALLED_KEDA,
            ...where("broker", "in-cluster").map((place) => ({ ...KEDA, ...place })),
        ],
    }),
    kedaChartRepository: key(z.string().regex(/^https?:\/\/[^\s/]+(\/\S*)?$/), {
        default: "https://kedacore.github.io/charts",
        description: "Helm repository of KEDA's chart, for a mirror.",
        allowed: "an http or https URL",
        requires: INSTALLED_KEDA,
    }),
    kedaChartVersion: key(z.string().regex(/^\d+\.\d+\.\d+$/), {
        default: "2.20.2",
        description: "Version of KEDA's chart, and so of KEDA.",
        allowed: "three numbers with points between them",
        requires: INSTALLED_KEDA,
    }),
    autoscalingMaxPercent: key(z.int().min(1).max(1000), {
        default: 100,
        description:
            "Most processes of every built-in queue, in percent of HySDS on virtual machines; parallelismPercent is where service queues rest.",
        requires: KEDA,
    }),
    autoscalingPollingSeconds: key(z.int().min(5).max(600), {
        default: 15,
        description: "How often to look at a queue that has no worker, seconds.",
        requires: KEDA,
    }),
    autoscalingCooldownSeconds: key(z.int().min(0).max(86_400), {
        default: 60,
        description:
            "How long a queue must be empty, with no job in work, before its last worker goes, seconds.",
        requires: KEDA,
    }),
    autoscalingStabilizationSeconds: key(z.int().min(0).max(3600), {
        default: 60,
        description: "Workers become as few as the busiest moment of so many past seconds needed.",
        requires: KEDA,
    }),
    autoscalingMessagesPerProcess: key(z.int().min(1).max(1000), {
        default: 1,
        description:
            "Messages, waiting or in work, for which a queue of jobs has one worker process. 1 is a worker for each job, up to the most.",
        requires: KEDA,
    }),
});

const INSTALLATION = ["autoscaling", "kedaInstall", "kedaNamespace"] as const;

/** Whether the stack makes the namespace of KEDA. */
function isInstalled({ autoscaling, kedaInstall }: Values): boolean {
    return autoscaling === "keda" && kedaInstall === "helm";
}

/** Whether the namespace of KEDA means something: who installs it, and whose policies name it. */
function isNamed(values: Values): boolean {
    return (
        isInstalled(values) ||
        (values.autoscaling === "keda" && placeOf(values, "broker") === "in-cluster")
    );
}

/** Moves KEDA to a namespace that is neither HySDS's nor Prometheus's. */
function elsewhere(values: Values, reason: string): Finding {
    const taken = [...names.map((key) => values[key]), values.prometheusNamespace];
    const free = ["keda", "keda-operator", "keda-system", "autoscaling", "queue-scaling"];
    return {
        at: "kedaNamespace",
        reason,
        allowed: "a namespace of its own",
        fixes: [set("kedaNamespace", free.find((name) => !taken.includes(name)) ?? "")],
    };
}

function namespaceOfItsOwn(values: Values): readonly Finding[] {
    return isNamed(values) && names.some((key) => values[key] === values.kedaNamespace)
        ? [elsewhere(values, "it is a namespace of HySDS, whose pods are not KEDA")]
        : [];
}

/** Rules about the number of workers. */
export const rules: readonly Rule[] = [
    rule(
        "keda-has-a-namespace-of-its-own",
        [...INSTALLATION, ...placeKeys("broker"), "prometheusNamespace", ...names],
        namespaceOfItsOwn,
    ),
    rule("keda-is-installed-in-its-own-namespace", INSTALLATION, (values) =>
        isInstalled(values) ? notFree("kedaNamespace", values.kedaNamespace) : [],
    ),
    rule(
        "keda-is-not-installed-beside-prometheus",
        [...INSTALLATION, "prometheusNamespace", ...names],
        (values) =>
            isInstalled(values) && values.kedaNamespace === values.prometheusNamespace
                ? [
                      elsewhere(
                          values,
                          "it is prometheusNamespace, and the stack would give it KEDA's Pod Security level and policies",
                      ),
                  ]
                : [],
    ),
    rule(
        "busy-queues-have-room",
        ["autoscaling", "autoscalingMaxPercent", "parallelismPercent"],
        (values): readonly Finding[] =>
            values.autoscaling === "keda" &&
            values.autoscalingMaxPercent < values.parallelismPercent
                ? [
                      {
                          at: "autoscalingMaxPercent",
                          reason: `it is below parallelismPercent, where the queues rest, which is ${values.parallelismPercent}`,
                          allowed: `${values.parallelismPercent} or more`,
                          fixes: [set("autoscalingMaxPercent", values.parallelismPercent)],
                      },
                  ]
                : [],
    ),
];

/** When the workers of a queue become more and fewer. */
export type ScalingRhythm = Omit<Fields<"autoscaling", typeof keys>, "maxPercent">;

/** As many workers as the queue has messages for, by KEDA (https://keda.sh). */
export type KedaSettings = { readonly kind: "keda" } & Fields<"keda", typeof keys> &
    Fields<"autoscaling", typeof keys>;

/** How many workers a queue has; `none`: as many as the settings of the queues say. */
export type AutoscalingSettings = { readonly kind: "none" } | KedaSettings;

/** The number of workers as its keys have it. */
export function autoscalingSettings(values: Values): AutoscalingSettings {
    return values.autoscaling === "none"
        ? { kind: "none" }
        : {
              kind: "keda",
              ...fields(values, "keda", keys),
              ...fields(values, "autoscaling", keys),
          };
}
