import { createPrivateKey, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { externalObjectStore } from "../../../components/backends/external/object-store";
import { serverCertificate } from "../../../components/backends/in-cluster/object-store-certificate";
import { reveal } from "../../../workshop/plan/secret";
import { SIMULATED_SECRET } from "../../../workshop/plan/simulated-outputs";
import {
    BuiltStores,
    buildStores,
    OPENSEARCH,
    STATEFUL_SET,
    statefulSet,
    storeContainer,
} from "../../support/in-cluster";
import { admitted, leaks, secretFile, valueOf } from "../../support/kubernetes-objects";
import { createManifestCheck } from "../../support/manifest-check";

const HOST = "object-store.hysds-stores.svc";

describe("the object store in the cluster", () => {
    let built: BuiltStores;

    beforeAll(async () => {
        built = await buildStores(OPENSEARCH, true, { kind: "in-cluster", storageGiB: 30 });
    });

    it("is a StatefulSet beside the other stores, which are as they are without it", async () => {
        const names = ({ stack }: BuiltStores) =>
            stack.all.map(({ type, name }) => `${type} ${name}`);
        const without = names(await buildStores(OPENSEARCH, true));
        const added = names(built).filter((each) => !without.includes(each));
        expect(without.every((each) => names(built).includes(each))).toBe(true);
        expect(added.every((each) => each.includes("object-store"))).toBe(true);
        expect(added).toContain(`${STATEFUL_SET} stores-object-store-pods`);
        expect(built.backends.ready).toHaveLength(7);
    });

    it("answers by HTTPS at its Service's name and the port that HySDS connects to", async () => {
        const store = built.backends.objectStore;
        expect(store && (await valueOf(store.host))).toBe(HOST);
        const { spec } = built.stack.inputs(
            "kubernetes:core/v1:Service",
            "stores-object-store-service",
        ) as { spec: { ports: object[] } };
        expect(spec.ports).toEqual([{ name: "https", port: 443, targetPort: "https" }]);
        expect(admitted(built.stack, "object-store")).toEqual(["hysds-jobs:7070", "hysds:7070"]);
    });

    it("has a certificate for that name, and the key to it", async () => {
        const file = (name: string) =>
            secretFile(built.stack, "stores-object-store-credentials", name);
        const certificate = new X509Certificate(file("tls.crt"));
        expect(certificate.checkHost(HOST)).toBe(HOST);
        expect(certificate.checkHost("redis.hysds-stores.svc")).toBeUndefined();
        expect(certificate.checkPrivateKey(createPrivateKey(file("tls.key")))).toBe(true);
        const store = built.backends.objectStore;
        expect(store?.certificate && (await valueOf(store.certificate))).toBe(file("tls.crt"));
    });

    it("shows no key outside of Secrets", () => {
        const key = secretFile(built.stack, "stores-object-store-credentials", "tls.key");
        const lines = key.split("\n").filter((line) => /^[^-]{20}/.test(line));
        expect(lines).not.toHaveLength(0);
        for (const secret of [SIMULATED_SECRET, ...lines]) {
            expect(leaks(built.stack, secret)).toEqual([]);
        }
    });

    it("keeps a bucket as a folder of its volume, below what a file system has of its own", () => {
        const { template, volumeClaimTemplates } = statefulSet(built.stack, "object-store");
        const [prepare] = template.spec.initContainers ?? [];
        expect(prepare?.command).toEqual([
            "mkdir",
            "-p",
            "/data/buckets",
            "/data/buckets/scenes",
            "/data/buckets/pictures",
        ]);
        const { command, image } = storeContainer(built.stack, "object-store");
        expect(command.slice(-2)).toEqual(["posix", "/data/buckets"]);
        expect(image).toBe("docker.io/versity/versitygw:v1.8.0");
        expect(volumeClaimTemplates[0]?.spec.resources.requests.storage).toBe("30Gi");
    });

    it("takes its keys from a Secret, and none on its command line", () => {
        const { env, command } = storeContainer(built.stack, "object-store");
        const names = env?.filter(({ valueFrom }) => valueFrom).map(({ name }) => name);
        expect(names).toEqual(["ROOT_ACCESS_KEY_ID", "ROOT_SECRET_ACCESS_KEY"]);
        expect(JSON.stringify(reveal(command))).not.toContain(SIMULATED_SECRET);
    });

    it("is protected and retained with its keys, runs without privileges, fits the schema", async () => {
        const check = await createManifestCheck();
        const own = built.stack.all.filter(({ name }) => name.startsWith("stores-object-store"));
        for (const { type, name, inputs, options } of own) {
            if (type === STATEFUL_SET || type.startsWith("random:")) {
                expect([options.protect, options.retainOnDelete], name).toEqual([true, true]);
            }
            if (type.startsWith("kubernetes:")) {
                expect(await check(reveal(inputs)), `${type} ${name}`).toEqual([]);
            }
        }
        const { spec } = statefulSet(built.stack, "object-store").template;
        for (const { securityContext } of [...spec.containers, ...(spec.initContainers ?? [])]) {
            expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true });
        }
    });
});

describe("a certificate", () => {
    const { certificate, key } = serverCertificate("a-secret", HOST);

    it("is the same at each evaluation, and another for another secret or name", () => {
        expect(serverCertificate("a-secret", HOST)).toEqual({ certificate, key });
        expect(serverCertificate("another-secret", HOST).certificate).not.toBe(certificate);
        expect(serverCertificate("a-secret", "other.svc").certificate).not.toBe(certificate);
    });

    it("vouches for itself alone, and does not expire", () => {
        const x509 = new X509Certificate(certificate);
        expect(x509.verify(x509.publicKey)).toBe(true);
        expect(
            x509.verify(new X509Certificate(serverCertificate("b", HOST).certificate).publicKey),
        ).toBe(false);
        expect(x509.validTo).toMatch(/ 9999 GMT$/);
    });
});

describe("an object store elsewhere", () => {
    it("is S3 of its region, or the host of its endpoint", async () => {
        const host = (endpoint?: string) =>
            valueOf(externalObjectStore({ kind: "external", region: "cn-north-1", endpoint }).host);
        expect(await host()).toBe("s3.cn-north-1.amazonaws.com.cn");
        expect(await host("https://s3.example.org")).toBe("s3.example.org");
    });
});
