import { Installation } from "../installation";

/** A queue of the broker. */
export interface Queue {
    readonly name: string;
    /** Messages that wait. */
    readonly waiting: number;
    /** Messages that a worker has and has not acknowledged: tasks and jobs that run. */
    readonly running: number;
    readonly consumers: number;
}

interface ListedQueue {
    readonly name: string;
    readonly messages_ready?: number;
    readonly messages_unacknowledged?: number;
    readonly consumers?: number;
}

/** The virtual host that HySDS uses, percent-encoded. */
export const VIRTUAL_HOST = "%2F";

/** Celery's own: mailboxes of workers, their replies, and receivers of events. */
const CELERYS_OWN = /\.pidbox$|^celeryev\./;

/**
 * The queues that HySDS works on, by name. RabbitMQ counts every five seconds
 * (https://www.rabbitmq.com/docs/management#statistics-interval), so the numbers may be as old as that.
 */
export async function listQueues(installation: Installation): Promise<Queue[]> {
    const rabbitmq = await installation.http("rabbitmq");
    const columns = "name,messages_ready,messages_unacknowledged,consumers";
    const listed = await rabbitmq.request<readonly ListedQueue[]>(
        "GET",
        `/api/queues/${VIRTUAL_HOST}`,
        { query: { columns } },
    );
    return listed
        .filter(({ name }) => !CELERYS_OWN.test(name))
        .map((queue) => ({
            name: queue.name,
            waiting: queue.messages_ready ?? 0,
            running: queue.messages_unacknowledged ?? 0,
            consumers: queue.consumers ?? 0,
        }))
        .sort((one, other) => one.name.localeCompare(other.name));
}

/** Throws away the messages that wait in a queue. */
export async function purgeQueue(installation: Installation, name: string): Promise<void> {
    const rabbitmq = await installation.http("rabbitmq");
    const path = `/api/queues/${VIRTUAL_HOST}/${encodeURIComponent(name)}/contents`;
    await rabbitmq.request("DELETE", path);
}
