import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Endpoint } from "../../../components/backends/endpoint";
import { valueOf } from "../../support/kubernetes-objects";

const AWKWARD = new Endpoint({
    scheme: "amqps",
    host: pulumi.output("broker.example.org"),
    port: 5671,
    credentials: {
        username: pulumi.output("sci/ence"),
        password: pulumi.secret("p@ss:w%rd?/#"),
    },
});

describe("an endpoint", () => {
    it("has its credentials percent-encoded in its URL, and as they are beside it", async () => {
        expect(await valueOf(AWKWARD.resolved())).toEqual({
            scheme: "amqps",
            host: "broker.example.org",
            port: 5671,
            tls: true,
            username: "sci/ence",
            password: "p@ss:w%rd?/#",
            url: "amqps://sci%2Fence:p%40ss%3Aw%25rd%3F%2F%23@broker.example.org:5671",
        });
    });

    it("is a secret with credentials, and its origin is not", async () => {
        expect(await pulumi.isSecret(AWKWARD.resolved())).toBe(true);
        expect(await pulumi.isSecret(AWKWARD.origin())).toBe(false);
        expect(await valueOf(AWKWARD.origin())).toBe("amqps://broker.example.org:5671");
    });

    it("has no user information where a store knows no credentials", async () => {
        const open = new Endpoint({ scheme: "http", host: "search-proxy.hysds.svc", port: 9200 });
        expect(await pulumi.isSecret(open.resolved())).toBe(false);
        expect(await valueOf(open.resolved())).toEqual({
            scheme: "http",
            host: "search-proxy.hysds.svc",
            port: 9200,
            tls: false,
            url: "http://search-proxy.hysds.svc:9200",
        });
    });

    it("leaves the user empty where a store knows a password only", async () => {
        const redis = new Endpoint({
            scheme: "rediss",
            host: "redis.example.org",
            port: 6379,
            credentials: { password: pulumi.secret("secret") },
        });
        const { url, tls } = await valueOf(redis.resolved());
        expect(url).toBe("rediss://:secret@redis.example.org:6379");
        expect(tls).toBe(true);
    });
});
