import { z } from "zod";
import { key, topicKeys } from "../key";
import type { Values } from "../schema";
import { ON_AWS } from "./general";

/** Keys about the number of nodes. Times come from workshop/bench/autoscaling. */
export const keys = topicKeys("Autoscaling", {
    nodeAutoscaler: key(z.enum(["none", "cluster-autoscaler"]), {
        default: "none",
        description:
            "Who adds nodes for pods that do not fit and removes idle ones, between the least and the most of each node group.",
        requires: ON_AWS,
    }),
    nodeIdleMinutes: key(z.int().min(1).max(1440), {
        default: 2,
        description: "How long a node is unneeded before it goes, minutes.",
        requires: { ...ON_AWS, nodeAutoscaler: "cluster-autoscaler" },
    }),
});

/** Who adds and removes nodes. */
export type NodeAutoscalerSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "cluster-autoscaler";
          /** How long a node is hardly used before it goes, minutes. */
          readonly idleMinutes: number;
      };

/** The number of nodes as its keys have it. */
export function nodeAutoscalerSettings(values: Values): NodeAutoscalerSettings {
    const { nodeAutoscaler: kind, nodeIdleMinutes: idleMinutes } = values;
    return kind === "none" ? { kind } : { kind, idleMinutes };
}
