import { base36, hex, SimulatedAccount, uuid } from "../account";
import { ResourceRow, RowContext, Rows, text } from "./row";

/** Reads an IAM resource's path; `/` by default. */
function path(context: RowContext): string {
    return text(context.inputs, "path") || "/";
}

/** A named IAM object: its name is its id, and names are unique in the account. */
function named(kind: string, uniqueIdPrefix: string, row: ResourceRow = {}): ResourceRow {
    const title = kind.charAt(0).toUpperCase() + kind.slice(1).replace("-p", " P");
    return {
        autoName: { property: "name", maxLength: 64 },
        unique: {
            by: ["name"],
            refusal: (inputs) =>
                `operation error IAM: Create${title.replace(" ", "")}, api error EntityAlreadyExists: ` +
                `${title} with name ${text(inputs, "name")} already exists.`,
        },
        id: ({ inputs }) => text(inputs, "name"),
        replaceOn: ["name", "namePrefix", "path"],
        ...row,
        outputs: (context) => ({
            arn: context.account.arn(
                "iam",
                `${kind}${path(context)}${text(context.inputs, "name")}`,
                "global",
            ),
            uniqueId: uniqueIdPrefix + base36(context.seed, 17),
            path: path(context),
            ...row.outputs?.(context),
        }),
    };
}

function managedPolicyArn(account: SimulatedAccount, inputs: RowContext["inputs"]): string {
    const name = `policy${text(inputs, "path") || "/"}${text(inputs, "name")}`;
    return account.arn("iam", name, "global");
}

/** Name parts of the role that AWS makes for a service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
const SERVICE_LINKED_ROLE_NAMES: Readonly<Record<string, string>> = {
    "es.amazonaws.com": "AWSServiceRoleForAmazonElasticsearchService",
    "opensearchservice.amazonaws.com": "AWSServiceRoleForAmazonOpenSearchService",
    "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
    "spot.amazonaws.com": "AWSServiceRoleForEC2Spot",
    "elasticache.amazonaws.com": "AWSServiceRoleForElastiCache",
    "mq.amazonaws.com": "AWSServiceRoleForAmazonMQ",
    "eks.amazonaws.com": "AWSServiceRoleForAmazonEKS",
    "eks-nodegroup.amazonaws.com": "AWSServiceRoleForAmazonEKSNodegroup",
};

/** The refusal of a service-linked role that exists already. */
export function serviceLinkedRoleTaken(service: string): string {
    return (
        `operation error IAM: CreateServiceLinkedRole, api error InvalidInput: Service role name ` +
        `${SERVICE_LINKED_ROLE_NAMES[service] ?? service} has been taken in this account, please try a different suffix.`
    );
}

function serviceLinkedRole({ account, inputs, seed }: RowContext): Record<string, string> {
    const service = text(inputs, "awsServiceName");
    const name = SERVICE_LINKED_ROLE_NAMES[service] ?? `AWSServiceRoleFor${hex(seed, 8)}`;
    const path = `/aws-service-role/${service}/`;
    return {
        arn: account.arn("iam", `role${path}${name}`, "global"),
        name,
        path,
        uniqueId: `AROA${base36(seed, 17)}`,
        createDate: "2026-01-01T00:00:00Z",
    };
}

/** IAM and KMS. */
export const identityRows: Rows = {
    "aws:iam/role:Role": named("role", "AROA", {
        outputs: ({ inputs }) => ({
            createDate: "2026-01-01T00:00:00Z",
            maxSessionDuration: inputs.maxSessionDuration ?? 3600,
            forceDetachPolicies: inputs.forceDetachPolicies ?? false,
            managedPolicyArns: inputs.managedPolicyArns ?? [],
        }),
    }),
    "aws:iam/instanceProfile:InstanceProfile": named("instance-profile", "AIPA", {
        outputs: () => ({ createDate: "2026-01-01T00:00:00Z" }),
    }),
    "aws:iam/user:User": named("user", "AIDA", { replaceOn: ["name"] }),
    "aws:iam/policy:Policy": {
        autoName: { property: "name", maxLength: 128 },
        unique: {
            by: ["name"],
            refusal: (inputs) =>
                `operation error IAM: CreatePolicy, api error EntityAlreadyExists: A policy called ` +
                `${text(inputs, "name")} already exists. Duplicate names are not allowed.`,
        },
        id: ({ account, inputs }) => managedPolicyArn(account, inputs),
        outputs: ({ account, inputs, seed }) => ({
            arn: managedPolicyArn(account, inputs),
            policyId: `ANPA${base36(seed, 17)}`,
            path: text(inputs, "path") || "/",
            attachmentCount: 0,
        }),
        replaceOn: ["name", "namePrefix", "path", "description"],
    },
    "aws:iam/rolePolicy:RolePolicy": {
        autoName: { property: "name", maxLength: 128 },
        id: ({ inputs }) => `${text(inputs, "role")}:${text(inputs, "name")}`,
        replaceOn: ["name", "namePrefix", "role"],
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        autoName: false,
        id: ({ inputs }) => `${text(inputs, "role")}/${text(inputs, "policyArn")}`,
        replaceOn: ["role", "policyArn"],
    },
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
        autoName: false,
        unique: {
            by: ["awsServiceName", "customSuffix"],
            refusal: (inputs) => serviceLinkedRoleTaken(text(inputs, "awsServiceName")),
        },
        id: (context) => serviceLinkedRole(context).arn ?? "",
        outputs: serviceLinkedRole,
        replaceOn: ["awsServiceName", "customSuffix"],
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        autoName: false,
        unique: {
            by: ["url"],
            refusal: (inputs) =>
                `operation error IAM: CreateOpenIDConnectProvider, api error EntityAlreadyExists: Provider with ` +
                `url ${text(inputs, "url")} already exists.`,
        },
        id: ({ account, inputs }) => oidcProviderArn(account, text(inputs, "url")),
        outputs: ({ account, inputs }) => ({
            arn: oidcProviderArn(account, text(inputs, "url")),
            url: text(inputs, "url").replace(/^https:\/\//, ""),
            thumbprintLists: inputs.thumbprintLists ?? ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
        }),
        replaceOn: ["url", "clientIdLists"],
    },
    "aws:kms/key:Key": {
        autoName: false,
        id: ({ seed }) => uuid(seed),
        outputs: ({ account, id, inputs }) => ({
            arn: account.arn("kms", `key/${id}`),
            keyId: id,
            isEnabled: inputs.isEnabled ?? true,
            enableKeyRotation: inputs.enableKeyRotation ?? false,
            keyUsage: text(inputs, "keyUsage") || "ENCRYPT_DECRYPT",
            customerMasterKeySpec: text(inputs, "customerMasterKeySpec") || "SYMMETRIC_DEFAULT",
            multiRegion: inputs.multiRegion ?? false,
        }),
        replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
    },
    "aws:kms/alias:Alias": {
        autoName: { property: "name" },
        unique: {
            by: ["name"],
            refusal: (inputs) =>
                `operation error KMS: CreateAlias, api error AlreadyExistsException: An alias with the name ` +
                `${text(inputs, "name")} already exists`,
        },
        id: ({ inputs }) => text(inputs, "name"),
        outputs: ({ account, inputs }) => ({
            arn: account.arn("kms", text(inputs, "name")),
            targetKeyArn: account.arn("kms", `key/${text(inputs, "targetKeyId").split("/").pop()}`),
        }),
        replaceOn: ["name", "namePrefix"],
    },
};

function oidcProviderArn(account: SimulatedAccount, url: string): string {
    return account.arn("iam", `oidc-provider/${url.replace(/^https:\/\//, "")}`, "global");
}
