/** The node groups that every cluster of the stack's own has; a worker pool's own nodes have the pool's name. */
export const NODE_GROUPS = { services: "services", jobs: "jobs" } as const;
