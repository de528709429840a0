import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ObjectStore } from "../../../components/backends/object-store";
import { installHysds, PASSWORD_MARK } from "../../support/hysds";
import { leaks, secretFile } from "../../support/kubernetes-objects";
import { mainContainer, workload } from "../../support/workloads";

function store(changes: Partial<ObjectStore> = {}): ObjectStore {
    return {
        host: pulumi.output("object-store.stores.svc"),
        region: "us-east-1",
        foundByRegion: false,
        credentials: {
            accessKeyId: "hysds",
            secretAccessKey: pulumi.secret(`${PASSWORD_MARK}-object-store`),
        },
        certificate: pulumi.output("-----BEGIN CERTIFICATE-----"),
        ...changes,
    };
}

const SECRET = "hysds-object-store";

describe("job workers", () => {
    it("and their engine have what opens the object store, where AWS clients and jobs look", async () => {
        const installation = await installHysds({ aws: false, objectStore: store() });
        const { pod } = workload(installation, "factotum-job-worker-small");
        const worker = mainContainer(workload(installation, "factotum-job-worker-small"));
        const engine = pod.initContainers?.find(({ name }) => name === "podman");
        for (const container of [worker, engine]) {
            const places = container?.volumeMounts
                .filter(({ name }) => name === "object-store")
                .map(({ mountPath }) => mountPath);
            expect(places).toEqual([
                "/opt/hysds/object-store",
                "/home/ops/.aws/config",
                "/home/ops/.aws/credentials",
            ]);
        }
        const jobs = mainContainer(workload(installation, "mozart"));
        expect(jobs.volumeMounts.map(({ name }) => name)).not.toContain("object-store");
    });

    it("read the address, the certificate and the keys from files, and nothing else shows the keys", async () => {
        const installation = await installHysds({ aws: false, objectStore: store() });
        expect(secretFile(installation, SECRET, "config").split("\n")).toEqual([
            "[default]",
            "region = us-east-1",
            "endpoint_url = https://object-store.stores.svc",
            "s3 =",
            "    addressing_style = path",
            "ca_bundle = /opt/hysds/object-store/ca.crt",
            "",
        ]);
        expect(secretFile(installation, SECRET, "credentials")).toContain(
            `aws_secret_access_key = ${PASSWORD_MARK}-object-store`,
        );
        expect(leaks(installation, `${PASSWORD_MARK}-object-store`)).toEqual([]);
    });

    it("find S3 of AWS by its region alone, with their own credentials", async () => {
        const elsewhere = store({
            foundByRegion: true,
            credentials: undefined,
            certificate: undefined,
        });
        const installation = await installHysds({ aws: false, objectStore: elsewhere });
        expect(secretFile(installation, SECRET, "config")).toBe("[default]\nregion = us-east-1\n");
        expect(secretFile(installation, SECRET, "credentials")).toBe("");
    });

    it("on AWS have none of it", async () => {
        const { pod } = workload(await installHysds(), "factotum-job-worker-small");
        expect(pod.volumes.map(({ name }) => name)).not.toContain("object-store");
    });
});
