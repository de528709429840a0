import { beforeAll, describe, expect, it } from "vitest";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { renderManifests } from "../../../workshop/plan/manifests";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";
import { createManifestCheck } from "../../support/manifest-check";

const CRON_JOB = "kubernetes:batch/v1:CronJob";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

interface Container {
    readonly name: string;
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly volumeMounts: readonly { readonly mountPath: string }[];
}

interface CronJob {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: {
        readonly schedule: string;
        readonly timeZone: string;
        readonly suspend: boolean;
        readonly concurrencyPolicy: string;
        readonly jobTemplate: {
            readonly spec: {
                readonly activeDeadlineSeconds: number;
                readonly template: {
                    readonly spec: {
                        readonly initContainers?: readonly Container[];
                        readonly containers: readonly Container[];
                    };
                };
            };
        };
    };
}

interface Statement {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: string | string[];
    readonly Condition?: Record<string, Record<string, unknown>>;
}

function ofType(stack: Evaluation, type: string): CapturedResource[] {
    return stack.resources.filter((resource) => resource.type === type);
}

function cronJobs(stack: Evaluation): Record<string, CronJob["spec"]> {
    const found = ofType(stack, CRON_JOB).map(({ inputs }) => reveal(inputs) as CronJob);
    return Object.fromEntries(
        found
            .filter(({ metadata }) => /^(backup|restore)-/.test(metadata.name))
            .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
            .map(({ metadata, spec }) => [metadata.name, spec]),
    );
}

function secretFiles(stack: Evaluation, name: string): Record<string, string> {
    const secret = stack.resources.find((resource) => resource.name === name);
    return (reveal(secret?.inputs) as { stringData: Record<string, string> }).stringData;
}

function storeJson(stack: Evaluation, store: string): Record<string, unknown> {
    const files = secretFiles(stack, `backup-${store}-files`);
    return JSON.parse(files["store.json"] ?? "") as Record<string, unknown>;
}

function statements(stack: Evaluation, name: string): Statement[] {
    const policy = ofType(stack, ROLE_POLICY).find((resource) => resource.name === name);
    const { policy: document } = reveal(policy?.inputs) as { policy: string };
    return (JSON.parse(document) as { Statement: Statement[] }).Statement;
}

let dev: Evaluation;
let prod: Evaluation;
let local: Evaluation;
let localWithBackups: Evaluation;

beforeAll(async () => {
    dev = await evaluated("dev");
    prod = await evaluated("prod", { "hysds:searchLayout": "separate" });
    local = await evaluated("local");
    localWithBackups = await evaluated("local", {
        "hysds:backups": "true",
        "hysds:redisLayout": "separate",
    });
}, 60_000);

describe("backups by environment", () => {
    it("are off in local, and cost nothing there", () => {
        const names = local.resources.map(({ name }) => name);
        expect(names.filter((name) => /backup|snapshot/.test(name))).toEqual([]);
    });

    it("are daily in dev and four times a day in prod", () => {
        expect(cronJobs(dev)["backup-rabbitmq"]).toMatchObject({
            schedule: "15 3 * * *",
            timeZone: "Etc/UTC",
            suspend: false,
            concurrencyPolicy: "Forbid",
        });
        expect(cronJobs(prod)["backup-rabbitmq"]?.schedule).toBe("15 */6 * * *");
        expect(storeJson(prod, "rabbitmq").retentionDays).toBe(35);
    });

    it("cover each store once, and not what AWS backs up by itself", () => {
        expect(Object.keys(cronJobs(dev))).toEqual([
            "backup-rabbitmq",
            "backup-search",
            "restore-redis",
        ]);
        expect(Object.keys(cronJobs(prod))).toEqual([
            "backup-rabbitmq",
            "backup-search-grq",
            "backup-search-metrics",
            "backup-search-mozart",
            "restore-redis-metrics",
            "restore-redis-mozart",
        ]);
        expect(Object.keys(cronJobs(localWithBackups))).toEqual([
            "backup-rabbitmq",
            "backup-redis-metrics",
            "backup-redis-mozart",
            "backup-search",
            "restore-redis-metrics",
            "restore-redis-mozart",
        ]);
    });

    it("restore nothing by schedule", () => {
        const restores = Object.entries(cronJobs(localWithBackups)).filter(([name]) =>
            name.startsWith("restore-"),
        );
        expect(restores).toHaveLength(2);
        expect(restores.every(([, { suspend }]) => suspend)).toBe(true);
    });
});

describe("the backup bucket", () => {
    it("removes files by age, and what was deleted later; objects of snapshots never", () => {
        const [lifecycle] = ofType(
            prod,
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        );
        const { rules } = reveal(lifecycle?.inputs) as {
            rules: { filter: { prefix: string }; expiration: Record<string, unknown> }[];
        };
        const expiring = rules.filter(({ expiration }) => "days" in expiration);
        expect(expiring).toEqual([
            expect.objectContaining({ filter: { prefix: "files/" }, expiration: { days: 35 } }),
        ]);
        expect(JSON.stringify(storeJson(prod, "search-grq"))).toContain(
            '"base_path":"snapshots/search-grq"',
        );
    });

    it("is versioned, encrypted, private, TLS only, and protected where the stack is", () => {
        const types = prod.resources.map(({ type }) => type).filter((type) => /s3\//.test(type));
        expect(types).toEqual(
            expect.arrayContaining([
                "aws:s3/bucketVersioning:BucketVersioning",
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            ]),
        );
        const [policy] = ofType(prod, "aws:s3/bucketPolicy:BucketPolicy").filter(({ name }) =>
            name.includes("backups"),
        );
        expect(JSON.stringify(reveal(policy?.inputs))).toContain("aws:SecureTransport");
        const bucketOf = (stack: Evaluation) =>
            ofType(stack, "aws:s3/bucket:Bucket").find(({ name }) => name.includes("backups"));
        expect(reveal(bucketOf(prod)?.inputs)).toMatchObject({ forceDestroy: false });
        expect(reveal(bucketOf(dev)?.inputs)).toMatchObject({ forceDestroy: true });
    });
});

describe("rights", () => {
    it("let RabbitMQ's backups read and write their own files, and delete none", () => {
        const granted = statements(dev, "hysds-dev-backup-rabbitmq");
        const actions = granted.flatMap(({ Action }) => Action);
        expect(actions.sort()).toEqual(["s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
        expect(granted[0]?.Resource).toMatch(/\/files\/rabbitmq\/\*$/);
    });

    it("let each signing proxy pass the snapshot role, and that role be used by these domains alone", () => {
        for (const use of ["mozart", "grq", "metrics"]) {
            const [passing] = statements(prod, `hysds-prod-snapshots-pass-search-${use}`);
            expect(passing).toMatchObject({ Effect: "Allow", Action: "iam:PassRole" });
            expect(passing?.Resource).not.toContain("*");
        }
        const role = ofType(prod, "aws:iam/role:Role").find(
            ({ name }) => name === "hysds-prod-snapshots",
        );
        const { assumeRolePolicy } = reveal(role?.inputs) as { assumeRolePolicy: string };
        const [trust] = (JSON.parse(assumeRolePolicy) as { Statement: Statement[] }).Statement;
        expect(trust?.Condition?.ArnLike?.["aws:SourceArn"]).toHaveLength(3);
        expect(trust?.Condition?.StringEquals).toHaveProperty("aws:SourceAccount");
    });
});

describe("in the cluster", () => {
    it("keeps files on a claim, and snapshots on one of the search node's own", () => {
        const claims = ofType(localWithBackups, CLAIM).map(
            ({ inputs }) => (reveal(inputs) as { metadata: { name: string } }).metadata.name,
        );
        expect(claims).toEqual(expect.arrayContaining(["backups", "search-snapshots"]));
        const config = localWithBackups.resources.find(
            ({ name }) => name === "stores-search-config",
        );
        expect(JSON.stringify(reveal(config?.inputs))).toContain("path.repo: /snapshots");
    });

    it("gives each pod the credentials of its own store, and none on a command line", () => {
        const { password } = storeJson(localWithBackups, "rabbitmq") as { password: string };
        const pods = JSON.stringify(cronJobs(localWithBackups));
        expect(password.length).toBeGreaterThan(10);
        expect(pods).not.toContain(password);
        const files = secretFiles(localWithBackups, "backup-search-files");
        expect(Object.keys(files).sort()).toEqual([
            "backup.py",
            "failure.py",
            "http_api.py",
            "search_store.py",
            "store.json",
        ]);
    });

    it("fits the schema of the API server", async () => {
        const check = await createManifestCheck();
        const manifests = renderManifests(localWithBackups).filter(
            ({ kind }) => kind === "CronJob" || kind === "PersistentVolumeClaim",
        );
        expect(manifests.length).toBeGreaterThan(6);
        for (const { name, body } of manifests) {
            expect(await check(reveal(body)), name).toEqual([]);
        }
    });
});
