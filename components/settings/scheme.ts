/** How a store is spoken to. */
export type Scheme = "amqp" | "amqps" | "redis" | "rediss" | "http" | "https";

/** Whether a connection is encrypted. */
export function isEncrypted(scheme: Scheme): boolean {
    return ["amqps", "rediss", "https"].includes(scheme);
}
