import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { createArtifacts } from "../../../components/operations/aws/artifacts";
import { Settings } from "../../../components/settings/settings";
import { SAR_POOL, fakePlatform, installHysds } from "../../support/hysds";
import { Registered, registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";

const ARTIFACTS: Partial<Settings> = { artifacts: { kind: "bucket", versionDays: 30 } };
const NAME = "hysds-prod-artifacts-123456789012-us-gov-west-1";
const ARN = `arn:aws-us-gov:s3:::${NAME}`;

function created(changes: Partial<Settings>, aws = true): Promise<Registered> {
    return registered(() => {
        createArtifacts(awsSettings({ ...ARTIFACTS, ...changes }), fakePlatform(aws));
    });
}

describe("the bucket of artifacts", () => {
    let stack: Registered;

    beforeAll(async () => {
        stack = await created({});
    });

    it("is named for the account and the region, and outlives a protected stack", () => {
        const bucket = stack.one("aws:s3/bucket:Bucket");
        expect(bucket.inputs).toMatchObject({ bucket: NAME, forceDestroy: false });
        expect(bucket.inputs.tags).toMatchObject({ "cost-center": "science" });
        expect(bucket.options).toMatchObject({ protect: true, retainOnDelete: true });
    });

    it("goes with a stack that is not protected", async () => {
        const bucket = (await created({ protect: false })).one("aws:s3/bucket:Bucket");
        expect(bucket.inputs).toMatchObject({ forceDestroy: true });
        expect(bucket.options.protect).toBeFalsy();
    });

    it("is closed to the public, encrypted, and open to TLS only", () => {
        expect(
            stack.inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
        ).toMatchObject({
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        expect(
            stack.inputs(
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            ).rules,
        ).toMatchObject([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
        const { policy } = stack.inputs("aws:s3/bucketPolicy:BucketPolicy");
        expect(JSON.parse(policy as string)).toMatchObject({
            Statement: [
                {
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        });
    });

    it("is named where hysds-ops looks for it", () => {
        expect(stack.inputs("kubernetes:core/v1:ConfigMap")).toMatchObject({
            metadata: { name: "hysds-artifacts", namespace: "hysds" },
            data: { bucket: NAME, region: "us-gov-west-1" },
        });
    });

    it("keeps what was replaced for so many days", () => {
        expect(stack.inputs("aws:s3/bucketVersioning:BucketVersioning")).toMatchObject({
            versioningConfiguration: { status: "Enabled" },
        });
        expect(
            stack.inputs("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").rules,
        ).toMatchObject([{ noncurrentVersionExpiration: { noncurrentDays: 30 } }]);
    });

    it.each([
        ["where it is not wanted", { artifacts: { kind: "none" } } as const, true],
        ["off AWS", {}, false],
    ])("is nothing %s", async (_where, changes, aws) => {
        const { all } = await created(changes, aws);
        expect(
            all.filter(({ type }) => type.startsWith("aws:") || /Bucket|ConfigMap/.test(type)),
        ).toEqual([]);
    });
});

describe("job workers", () => {
    const statements = async (settings: Partial<Settings>, workload: string) => {
        const installation = await installHysds({ settings, hysds: { workers: [SAR_POOL] } });
        return installation.inputs("fake:index:Identity", workload)
            .statements as pulumi.Unwrap<unknown>[];
    };

    it("read the bucket of artifacts and write nothing to it", async () => {
        const granted = await statements(ARTIFACTS, "verdi-jobs");
        const artifacts = granted.filter((each) => JSON.stringify(each).includes("-artifacts-"));
        expect(artifacts).toEqual([
            { Sid: "ListArtifacts", Effect: "Allow", Action: "s3:ListBucket", Resource: ARN },
            {
                Sid: "ReadArtifacts",
                Effect: "Allow",
                Action: "s3:GetObject",
                Resource: `${ARN}/*`,
            },
        ]);
    });

    it("are told nothing of it where there is none, nor are services", async () => {
        expect(await statements({}, "verdi-jobs")).toEqual([]);
        expect(await statements(ARTIFACTS, "mozart")).toEqual([]);
    });
});
