import { z } from "zod";
import { key } from "./key";
import * as patterns from "./patterns";

/** Keys about the number of workers, and of the nodes under them. Times come from bench/autoscaling. */
export const autoscalingKeys = {
    autoscaling: key(z.enum(["none", "keda"]), {
        group: "Autoscaling",
        default: "none",
        description:
            "Workers of a queue: as many as its settings say, or as many as it has messages for, by KEDA. See docs/autoscaling.md.",
    }),
    kedaInstall: key(z.enum(["helm", "existing"]), {
        group: "Autoscaling",
        default: "helm",
        description:
            "How KEDA gets into the cluster: its own Helm chart, or it is there already (2.16 or later).",
    }),
    kedaNamespace: key(z.string().regex(patterns.dnsLabel), {
        group: "Autoscaling",
        default: "keda",
        description:
            "Namespace of KEDA's operator, which the in-cluster broker lets ask for queue depths.",
        allowed: "an RFC 1123 label",
    }),
    kedaChartRepository: key(z.string().regex(/^https?:\/\/[^\s/]+(\/\S*)?$/), {
        group: "Autoscaling",
        default: "https://kedacore.github.io/charts",
        description: "Helm repository of KEDA's chart, for a mirror.",
        allowed: "an http or https URL",
    }),
    kedaChartVersion: key(z.string().regex(/^\d+\.\d+\.\d+$/), {
        group: "Autoscaling",
        default: "2.20.2",
        description: "Version of KEDA's chart, and so of KEDA.",
        allowed: "three numbers with points between them",
    }),
    autoscalingMaxPercent: key(z.int().min(1).max(1000), {
        group: "Autoscaling",
        default: 100,
        description:
            "Most processes of every built-in queue, in percent of HySDS on virtual machines; parallelismPercent is where service queues rest.",
    }),
    autoscalingPollingSeconds: key(z.int().min(5).max(600), {
        group: "Autoscaling",
        default: 15,
        description: "How often to look at a queue that has no worker, seconds.",
    }),
    autoscalingCooldownSeconds: key(z.int().min(0).max(86_400), {
        group: "Autoscaling",
        default: 60,
        description:
            "How long a queue must be empty, with no job in work, before its last worker goes, seconds.",
    }),
    autoscalingStabilizationSeconds: key(z.int().min(0).max(3600), {
        group: "Autoscaling",
        default: 60,
        description: "Workers become as few as the busiest moment of so many past seconds needed.",
    }),
    autoscalingMessagesPerProcess: key(z.int().min(1).max(1000), {
        group: "Autoscaling",
        default: 1,
        description:
            "Messages, waiting or in work, for which a queue of jobs has one worker process. 1 is a worker for each job, up to the most.",
    }),
    nodeAutoscaler: key(z.enum(["none", "cluster-autoscaler"]), {
        group: "Autoscaling",
        default: "none",
        description:
            "Who adds nodes for pods that do not fit and removes idle ones, between the least and the most of each node group.",
        scope: "aws",
    }),
    nodeIdleMinutes: key(z.int().min(1).max(1440), {
        group: "Autoscaling",
        default: 2,
        description: "How long a node is unneeded before it goes, minutes.",
        scope: "aws",
    }),
};
