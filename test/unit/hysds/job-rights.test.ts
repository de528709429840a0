import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ObjectStore } from "../../../components/backends/object-store";
import { HysdsSettings } from "../../../components/settings/settings";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";
import { FakeInstallation, installHysds, SAR_POOL } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { mainContainer, workload } from "../../support/workloads";
import * as pulumi from "@pulumi/pulumi";

const POLICY = "arn:aws-us-gov:iam::123456789012:policy/sar/orbits";

const POOL: HysdsSettings["workers"][number] = {
    ...SAR_POOL,
    jobPolicyArns: [POLICY],
    jobStatements: [
        {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: "arn:aws-us-gov:s3:::sar-ancillary/*",
        },
    ],
};

const IDENTITY = "/opt/hysds/identity";

const JOB_WORKERS = ["verdi-sar", "factotum-job-worker-small"];

const install = (given: FakeInstallation = {}): Promise<Registered> =>
    installHysds({ ...given, hysds: { workers: [POOL], ...given.hysds } });

let onAws: Registered;
let underDocker: Registered;

beforeAll(async () => {
    onAws = await install();
    underDocker = await install({ hysds: { containerEngine: "docker" } });
});

function variables(installation: Registered, name: string): Readonly<Record<string, unknown>> {
    const { env = [] } = mainContainer(workload(installation, name));
    return Object.fromEntries(env.map((each) => [each.name, each.value]));
}

describe("the identity of a job worker's pod", () => {
    it.each(JOB_WORKERS)("reaches %s, its engine and so its jobs, as a token", (name) => {
        const { pod } = workload(onAws, name);
        expect(pod.volumes.find((volume) => volume.name === "identity")).toEqual({
            name: "identity",
            projected: {
                sources: [
                    {
                        serviceAccountToken: {
                            audience: "sts.amazonaws.com",
                            expirationSeconds: 86400,
                            path: "token",
                        },
                    },
                ],
            },
        });
        const engine = pod.initContainers?.find((each) => each.name === "podman");
        for (const container of [mainContainer(workload(onAws, name)), engine]) {
            expect(container?.volumeMounts).toContainEqual({
                name: "identity",
                mountPath: IDENTITY,
                readOnly: true,
            });
        }
    });

    it("is told to AWS clients by the variables that EKS uses", () => {
        expect(variables(onAws, "factotum-job-worker-small")).toMatchObject({
            AWS_REGION: "us-gov-west-1",
            AWS_DEFAULT_REGION: "us-gov-west-1",
            AWS_STS_REGIONAL_ENDPOINTS: "regional",
            AWS_ROLE_ARN: "arn:aws-us-gov:iam::123456789012:role/factotum-jobs",
            AWS_WEB_IDENTITY_TOKEN_FILE: `${IDENTITY}/token`,
        });
    });

    it("is not given to what runs no jobs, and does not exist off AWS", async () => {
        expect(variables(onAws, "mozart")).not.toHaveProperty("AWS_ROLE_ARN");
        const installation = await install({ aws: false });
        expect(variables(installation, "verdi-sar")).not.toHaveProperty("AWS_REGION");
        const { pod } = workload(installation, "verdi-sar");
        expect(pod.volumes.map(({ name }) => name)).not.toContain("identity");
    });

    it("is that of the pool where its jobs may do more", async () => {
        const installation = await install({
            hysds: { workers: [POOL], datasetBuckets: ["scenes"] },
        });
        expect(variables(installation, "verdi-sar")["AWS_ROLE_ARN"]).toMatch(/verdi-sar-pool$/);
        const own = installation.one("fake:index:Identity", "verdi-sar-pool").inputs;
        const others = installation.one("fake:index:Identity", "factotum-jobs").inputs;
        const text = ({ statements }: typeof own) => JSON.stringify(reveal(statements));
        expect(own.policies).toEqual([POLICY]);
        expect(text(own)).toContain("arn:aws-us-gov:s3:::sar-ancillary/*");
        expect(text(own)).toContain("arn:aws-us-gov:s3:::scenes/*");
        expect(others.policies).toEqual([]);
        expect(text(others)).not.toContain("sar-ancillary");
    });
});

describe("a pool with rights of its own", () => {
    it("has a role for its ServiceAccount, with its policies and no other pool's", async () => {
        const pool = { name: "verdi-sar", queue: "sar" };
        const arns = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"];
        const statements = [{ Action: "s3:GetObject", Resource: "arn:aws:s3:::sar-ancillary/*" }];
        const { resources } = await evaluated("dev", {
            workers: JSON.stringify([
                { ...pool, jobPolicyArns: arns, jobStatements: statements },
                { name: "verdi-insar", queue: "insar" },
            ]),
        });
        const attached = resources.filter(
            ({ type, name }) =>
                type.startsWith("aws:iam/rolePolicyAttachment:") && name.includes("verdi-sar"),
        );
        expect(attached.map(({ inputs }) => reveal(inputs))).toMatchObject([
            { policyArn: arns[0] },
        ]);
        const policies = resources
            .filter(({ type }) => type.startsWith("aws:iam/rolePolicy:"))
            .filter(({ inputs }) => JSON.stringify(reveal(inputs)).includes("sar-ancillary"));
        expect(policies.map(({ name }) => name)).toEqual(["hysds-dev-verdi-sar-pool"]);
    });
});

describe("keys of dataset buckets", () => {
    it("are used through S3 of their own region alone", async () => {
        const key = `arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/mrk-${"0".repeat(32)}`;
        const installation = await install({
            hysds: { datasetBuckets: ["scenes"], datasetKeyArns: [key] },
        });
        const { statements } = installation.one("fake:index:Identity", "factotum-jobs").inputs;
        expect(reveal(statements)).toContainEqual({
            Sid: "UseKeysOfDatasets",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: [key],
            Condition: {
                StringEquals: { "kms:ViaService": ["s3.us-gov-east-1.amazonaws.com"] },
            },
        });
    });
});

describe("the docker of a job worker", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "engine-client-"));
    });

    afterEach(() => rmSync(directory, { recursive: true }));

    /** Runs the worker's `docker` before another that says what it is told. */
    function docker(installation: Registered, ...args: string[]): string[] {
        const [client] = installation
            .ofType("kubernetes:core/v1:ConfigMap")
            .filter(({ name }) => name === "hysds-docker-client");
        const { docker: script = "" } = client?.inputs.data as Record<string, string>;
        for (const [place, text] of [
            ["before", script],
            ["after", '#!/bin/sh\nprintf "%s\\n" "$@"\n'],
        ] as const) {
            mkdirSync(join(directory, place));
            writeFileSync(join(directory, place, "docker"), text, { mode: 0o755 });
        }
        const PATH = [join(directory, "before"), join(directory, "after"), process.env.PATH].join(
            ":",
        );
        const output = execFileSync("docker", args, { env: { PATH }, encoding: "utf8" });
        return output.trimEnd().split("\n");
    }

    it("gives each job the identity, and else does what it is told", () => {
        expect(docker(underDocker, "run", "--rm", "an image", "a b")).toEqual([
            "run",
            "--env=AWS_REGION",
            "--env=AWS_DEFAULT_REGION",
            "--env=AWS_STS_REGIONAL_ENDPOINTS",
            "--env=AWS_ROLE_ARN",
            "--env=AWS_WEB_IDENTITY_TOKEN_FILE",
            `--volume=${IDENTITY}:${IDENTITY}:ro`,
            "--rm",
            "an image",
            "a b",
        ]);
        rmSync(directory, { recursive: true });
        mkdirSync(directory);
        expect(docker(underDocker, "pull", "run")).toEqual(["pull", "run"]);
    });

    it("gives each job what opens the object store", async () => {
        const objectStore: ObjectStore = {
            host: pulumi.output("store.example"),
            region: "us-east-1",
            foundByRegion: false,
        };
        const hysds = { containerEngine: "docker" } as const;
        const installation = await install({ aws: false, objectStore, hysds });
        expect(docker(installation, "run")).toEqual([
            "run",
            "--env-file=/opt/hysds/object-store/environment",
            "--volume=/opt/hysds/object-store:/opt/hysds/object-store:ro",
        ]);
    });

    it("goes before the image's own in the worker", () => {
        const { command, volumeMounts } = mainContainer(workload(underDocker, "verdi-sar"));
        expect(command.join(" ")).toContain('PATH=/opt/hysds/engine-client:$PATH exec "$@" sh ');
        expect(volumeMounts.map(({ mountPath }) => mountPath)).toContain(
            "/opt/hysds/engine-client",
        );
    });
});
