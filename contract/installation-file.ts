import { z } from "zod";
import { selectorLabels } from "./labels";

/** The Secret, in the namespace of the HySDS services, that tells `hysds-ops` what it operates on. */
export const INSTALLATION_SECRET = "hysds-operations";

/** The key of the Secret that holds an {@link InstallationFile} as JSON. */
export const INSTALLATION_KEY = "installation.json";

export const RELAY_NAME = "operations-relay";

/** What selects the relay's pods. */
export const relayLabels = selectorLabels(RELAY_NAME, "operations");

/** One service, as it is reached through the relay. */
const target = z.object({
    /** Of the relay's pod, on its loopback. */
    port: z.number().int(),
    /** What the service speaks behind the relay, which passes bytes on as they are. */
    scheme: z.enum(["http", "https", "redis", "rediss"]),
    /** For TLS and the Host header. */
    host: z.string(),
    username: z.string().optional(),
    password: z.string().optional(),
    /** Of a service of HySDS: what it answers with 200 as long as its process works. */
    alivePath: z.string().optional(),
});

/** The stores, which every installation has. */
const storeTargets = z.object({
    rabbitmq: target,
    "mozart-search": target,
    "grq-search": target,
    "metrics-search": target,
    "jobs-redis": target,
    "metrics-redis": target,
});

/** Names of the stores as targets. */
export const storeTargetNames: readonly string[] = Object.keys(storeTargets.shape);

/** What the Secret holds; `hysds-ops` refuses another `format`. */
export const installationFile = z.object({
    format: z.literal(1),
    stack: z.string(),
    environment: z.enum(["local", "dev", "prod"]),
    protected: z.boolean(),
    namespaces: z.object({ services: z.string(), jobs: z.string(), stores: z.string() }),
    /** Stores that are not the stack's, such as `redis`: their owners back them up and watch them. */
    external: z.array(z.string()).optional(),
    /**
     * What is reached through the relay, by name, under the key that the format has had from its beginning: beside the
     * stores, those of the services that the catalogue says are operated, by their names.
     */
    doors: storeTargets.catchall(target),
});

export type InstallationFile = z.infer<typeof installationFile>;

export type RelayTarget = z.infer<typeof target>;

export type StoreTarget = keyof z.infer<typeof storeTargets>;
