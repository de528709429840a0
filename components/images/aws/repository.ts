import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Days that a layer stays which no tag names any more. */
const UNTAGGED_DAYS = 14;
/** Newest images that stay: more than a team rolls back over, so that what runs is among them. */
const KEPT_IMAGES = 100;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
const LIFECYCLE = {
    rules: [
        {
            rulePriority: 1,
            description: "Remove what no tag names",
            selection: {
                tagStatus: "untagged",
                countType: "sinceImagePushed",
                countUnit: "days",
                countNumber: UNTAGGED_DAYS,
            },
            action: { type: "expire" },
        },
        {
            rulePriority: 2,
            description: "Keep the newest images",
            selection: {
                tagStatus: "any",
                countType: "imageCountMoreThan",
                countNumber: KEPT_IMAGES,
            },
            action: { type: "expire" },
        },
    ],
};

/**
 * An ECR repository: encrypted by KMS with AWS's own key, images scanned when pushed, tags that are never moved, old
 * images removed.
 *
 * @param protect refuse to delete the repository, and keep it when it leaves the program; otherwise its images go with
 * it
 */
export function repository(
    name: string,
    args: { readonly repositoryName: string; readonly protect: boolean },
    parent: pulumi.Resource,
): aws.ecr.Repository {
    const created = new aws.ecr.Repository(
        name,
        {
            name: args.repositoryName,
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS" }],
            forceDelete: !args.protect,
        },
        { parent, protect: args.protect, retainOnDelete: args.protect },
    );
    new aws.ecr.LifecyclePolicy(
        name,
        { repository: created.name, policy: JSON.stringify(LIFECYCLE) },
        { parent, deletedWith: created },
    );
    return created;
}
