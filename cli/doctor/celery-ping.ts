import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { decode } from "@msgpack/msgpack";
import { z } from "zod";
import { HttpClient } from "../http-client";
import { Installation } from "../installation";
import { VIRTUAL_HOST } from "../stores/queues";

/** Exchanges of Celery's remote control: https://docs.celeryq.dev/en/stable/reference/celery.app.control.html */
const CONTROL = "celery.pidbox";
const REPLIES = "reply.celery.pidbox";

const ROUND_MS = 250;

/** A mailbox that nobody deletes goes by itself. */
const EXPIRES_MS = 60_000;

const reply = z.record(z.string(), z.object({ ok: z.literal("pong") }));

interface Message {
    readonly payload: string;
    readonly properties: { readonly content_type?: string };
}

/**
 * Pings every Celery worker as `celery inspect ping` does, with RabbitMQ's management API as the client, and returns
 * the names of the nodes that answered.
 *
 * @param expected waits no longer than until so many have answered
 */
export async function pingWorkers(
    installation: Installation,
    { expected, timeoutMs }: { readonly expected: number; readonly timeoutMs: number },
): Promise<string[]> {
    const rabbitmq = await installation.http("rabbitmq");
    const mailbox = randomUUID();
    const queue = `/api/queues/${VIRTUAL_HOST}/${mailbox}.${REPLIES}`;
    await openMailbox(rabbitmq, queue, mailbox);
    try {
        if (!(await publishPing(rabbitmq, mailbox))) {
            return [];
        }
        const nodes = new Set<string>();
        const end = Date.now() + timeoutMs;
        while (nodes.size < expected && Date.now() < end) {
            await setTimeout(ROUND_MS);
            (await takeReplies(rabbitmq, queue)).forEach((node) => nodes.add(node));
        }
        return [...nodes].sort();
    } finally {
        await rabbitmq.request("DELETE", queue);
    }
}

/** The exchange is declared as kombu does, which declares it too; other arguments would make its declaration fail. */
async function openMailbox(rabbitmq: HttpClient, queue: string, key: string): Promise<void> {
    await rabbitmq.request("PUT", `/api/exchanges/${VIRTUAL_HOST}/${REPLIES}`, {
        json: { type: "direct", durable: false, auto_delete: false },
    });
    await rabbitmq.request("PUT", queue, {
        // Not transient: RabbitMQ 4.3 refuses queues that are neither durable nor exclusive.
        json: { durable: true, auto_delete: false, arguments: { "x-expires": EXPIRES_MS } },
    });
    await rabbitmq.request(
        "POST",
        queue
            .replace("/api/queues/", "/api/bindings/")
            .replace(VIRTUAL_HOST, `${VIRTUAL_HOST}/e/${REPLIES}/q`),
        { json: { routing_key: key } },
    );
}

/** False when no worker has a mailbox. */
async function publishPing(rabbitmq: HttpClient, mailbox: string): Promise<boolean> {
    const ping = {
        method: "ping",
        arguments: {},
        destination: null,
        pattern: null,
        matcher: null,
        ticket: randomUUID(),
        reply_to: { exchange: REPLIES, routing_key: mailbox },
    };
    const { routed } = await rabbitmq.request<{ routed: boolean }>(
        "POST",
        `/api/exchanges/${VIRTUAL_HOST}/${CONTROL}/publish`,
        {
            json: {
                properties: { content_type: "application/json", content_encoding: "utf-8" },
                routing_key: "",
                payload: JSON.stringify(ping),
                payload_encoding: "string",
            },
        },
    );
    return routed;
}

async function takeReplies(rabbitmq: HttpClient, queue: string): Promise<string[]> {
    const messages = await rabbitmq.request<readonly Message[]>("POST", `${queue}/get`, {
        json: { count: 1000, ackmode: "ack_requeue_false", encoding: "base64" },
    });
    return messages.flatMap((message) => {
        const parsed = reply.safeParse(contentOf(message));
        return parsed.success ? Object.keys(parsed.data) : [];
    });
}

/** Workers answer in the serialization of their tasks: msgpack in HySDS. */
function contentOf({ payload, properties }: Message): unknown {
    const bytes = Buffer.from(payload, "base64");
    return properties.content_type === "application/json"
        ? (JSON.parse(bytes.toString()) as unknown)
        : decode(bytes);
}
