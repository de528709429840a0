import { z } from "zod";
import { own, Own } from "../fields";
import { key, optional, topicKeys } from "../key";
import { maxConsumerTimeoutHours } from "../limits/rabbitmq";
import { Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { shortName } from "./general";

const venueName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Keys about HySDS as a whole. */
export const keys = topicKeys("HySDS", {
    venue: key(optional(venueName), {
        default: "",
        description: "Name of this installation in HySDS (its VENUE). Empty: the stack's name.",
        allowed: "empty, or at most 63 letters, digits, _ and -",
    }),
    containerEngine: key(z.enum(["podman", "docker"]), {
        default: "podman",
        description:
            "What job workers start PGE containers with: podman in the worker, or a Docker-in-Docker sidecar.",
    }),
    processModel: key(z.enum(["prefork", "supervisord"]), {
        default: "prefork",
        description:
            "How one pod runs several Celery processes of a queue: children of one worker, or workers under supervisord.",
    }),
    parallelismPercent: key(z.int().min(1).max(400), {
        default: 25,
        description:
            "Processes of every built-in queue, in percent of HySDS on virtual machines: 100 is 32 orchestrators, 64 rule workers and so on.",
    }),
    size: key(z.enum(["small", "standard"]), {
        default: "standard",
        description:
            "Requests and replicas of the services: small fits 4 CPUs and 8 GiB together with in-cluster stores.",
    }),
    jobTimeoutHours: key(z.int().min(1).max(maxConsumerTimeoutHours), {
        default: 24,
        description: "Longest job on the built-in job queues, hours.",
    }),
});

/** Rules about HySDS as a whole. */
export const rules: readonly Rule[] = [
    rule("venue-from-stack", ["venue"], (values, { stack }) =>
        values.venue !== "" || venueName.test(stack)
            ? []
            : [
                  {
                      at: "venue",
                      reason: `the stack's name ${stack} does not do as a venue`,
                      allowed: "at most 63 letters, digits, _ and -",
                      fixes: [set("venue", shortName(stack))],
                  },
              ],
    ),
];

/** HySDS as a whole. */
export type ProcessSettings = Own<typeof keys>;

/** HySDS as a whole, as its keys have it. */
export function processSettings(values: Values, stack: string): ProcessSettings {
    return { ...own(values, keys), venue: values.venue === "" ? stack : values.venue };
}
