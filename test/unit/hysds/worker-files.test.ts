import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { HysdsSettings } from "../../../components/settings/settings";
import { FakeInstallation, installHysds, PASSWORD_MARK, SAR_POOL } from "../../support/hysds";
import { leaks, secretFile } from "../../support/kubernetes-objects";
import { Registered } from "../../support/mocks";
import { Container, mainContainer, workload } from "../../support/workloads";

const NETRC = pulumi.secret(`machine example.org login hysds password ${PASSWORD_MARK}-netrc`);

const FILES: HysdsSettings["workerFiles"] = [
    { path: "/home/ops/.netrc", source: { content: NETRC }, mode: 0o400 },
    {
        path: "/data/work/etc/settings.yaml",
        source: { secret: { name: "my-project", key: "settings" } },
        mode: 0o444,
        workers: ["verdi-sar"],
    },
];

const install = (
    workerFiles: HysdsSettings["workerFiles"],
    given: FakeInstallation = {},
): Promise<Registered> => installHysds({ ...given, hysds: { workers: [SAR_POOL], workerFiles } });

function filesOf(installation: Registered, name: string): readonly string[] {
    return mounts(mainContainer(workload(installation, name)));
}

function mounts(container: Container | undefined): readonly string[] {
    return (container?.volumeMounts ?? [])
        .filter(({ name }) => name === "worker-files")
        .map(({ mountPath }) => mountPath)
        .sort();
}

describe("files of job workers", () => {
    it("are in the worker and beside its engine, for the workers that are named", async () => {
        const installation = await install(FILES);
        expect(filesOf(installation, "factotum-job-worker-small")).toEqual([
            "/home/ops/.aws/config",
            "/home/ops/.netrc",
        ]);
        const all = ["/data/work/etc/settings.yaml", "/home/ops/.aws/config", "/home/ops/.netrc"];
        expect(filesOf(installation, "verdi-sar")).toEqual(all);
        const { pod } = workload(installation, "verdi-sar");
        expect(mounts(pod.initContainers?.find(({ name }) => name === "podman"))).toEqual(all);
        expect(filesOf(installation, "mozart")).toEqual([]);
    });

    it("come from the Secret that is named, with their permissions", async () => {
        const { pod } = workload(await install(FILES), "verdi-sar");
        const volume = pod.volumes.find(({ name }) => name === "worker-files");
        expect(volume).toMatchObject({
            projected: {
                sources: [
                    { secret: { items: [{ key: "0-.netrc", mode: 0o400 }] } },
                    { secret: { name: "my-project", items: [{ key: "settings", mode: 0o444 }] } },
                    { secret: { items: [{ key: "2-config" }] } },
                ],
            },
        });
    });

    it("are in no object but a Secret of the jobs' namespace", async () => {
        const installation = await install(FILES);
        expect(secretFile(installation, "hysds-worker-files", "0-.netrc")).toContain(PASSWORD_MARK);
        expect(leaks(installation, `${PASSWORD_MARK}-netrc`)).toEqual([]);
    });
});

describe("~/.aws/config", () => {
    const config = (installation: Registered, key = "0-config"): string =>
        secretFile(installation, "hysds-worker-files", key);

    it("is always there, with the region and its own STS on AWS", async () => {
        expect(config(await install([]))).toBe(
            "[default]\nregion = us-gov-west-1\nsts_regional_endpoints = regional\n",
        );
    });

    it("is the stack's where it gives one, and for the workers that it gives it to", async () => {
        const content = pulumi.secret("[profile mission]\n");
        const own = { path: "/home/ops/.aws/config", source: { content }, mode: 0o444 };
        const installation = await install([{ ...own, workers: ["verdi-sar"] }]);
        const volumeOf = (name: string) =>
            JSON.stringify(
                workload(installation, name).pod.volumes.filter(
                    (volume) => volume.name === "worker-files",
                ),
            );
        expect(config(installation)).toBe("[profile mission]\n");
        expect(volumeOf("verdi-sar")).toContain("0-config");
        expect(volumeOf("verdi-sar")).not.toContain("1-config");
        expect(volumeOf("factotum-job-worker-small")).toContain('"key":"1-config"');
    });
});
