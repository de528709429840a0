import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished, vi } from "vitest";

interface StoredObject {
    readonly content: Buffer;
    readonly metadata: Readonly<Record<string, string>>;
}

/** S3's PUT, HEAD, GET and DELETE of whole objects, by path: `/<bucket>/<key>`. */
export class S3Server {
    /** By bucket and key. */
    public readonly objects = new Map<string, StoredObject>();
    /** Requests so far, as `PUT bucket/key`. */
    public readonly asked: string[] = [];

    /** Starts one that the AWS SDK finds in this test, and ends it after the test. */
    static async start(): Promise<S3Server> {
        const server = createServer((incoming, outgoing) => void s3.answer(incoming, outgoing));
        const s3 = new S3Server();
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        vi.stubEnv("AWS_ENDPOINT_URL_S3", `http://127.0.0.1:${port}`);
        vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
        vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
        vi.stubEnv("AWS_REGION", "us-west-2");
        onTestFinished(async () => {
            vi.unstubAllEnvs();
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        });
        return s3;
    }

    put(key: string, content: string): void {
        this.objects.set(key, { content: Buffer.from(content), metadata: {} });
    }

    /** An object's content as text. */
    text(key: string): string | undefined {
        return this.objects.get(key)?.content.toString();
    }

    private async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const { pathname } = new URL(incoming.url ?? "/", "http://s3");
        const key = decodeURIComponent(pathname.slice(1));
        const content = await buffer(incoming);
        const { method = "" } = incoming;
        this.asked.push(`${method} ${key}`);
        const there = this.objects.get(key);
        if (method === "PUT") {
            this.objects.set(key, { content, metadata: metadataOf(incoming) });
            outgoing.writeHead(200, { etag: '"1"' }).end();
        } else if (method === "DELETE") {
            this.objects.delete(key);
            outgoing.writeHead(204).end();
        } else if (!there) {
            const error =
                "<Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>";
            outgoing.writeHead(404, { "content-type": "application/xml" }).end(error);
        } else {
            const metadata = Object.entries(there.metadata).map(([name, value]) => [
                `x-amz-meta-${name}`,
                value,
            ]);
            const headers = Object.fromEntries(metadata) as Record<string, string>;
            outgoing.writeHead(200, { ...headers, "content-length": there.content.length });
            outgoing.end(method === "HEAD" ? undefined : there.content);
        }
    }
}

function metadataOf({ headers }: IncomingMessage): Record<string, string> {
    const own = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    return Object.fromEntries(
        own.map(([name, value]) => [name.replace("x-amz-meta-", ""), String(value)]),
    );
}
