import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Identity, IdentityArgs } from "../platform";

/** The IAM OpenID Connect provider of an EKS cluster. */
export interface OidcProvider {
    readonly arn: pulumi.Output<string>;
    /** Issuer without `https://`, as condition keys spell it. */
    readonly issuer: pulumi.Output<string>;
}

/** The one Kubernetes ServiceAccount that may assume a role. */
export interface Subject {
    readonly namespace: string;
    readonly serviceAccount: string;
}

/**
 * An IAM role for one ServiceAccount (IRSA). Pod Identity is not used: the signing proxy's SDK, aws-sdk-go v1.44,
 * predates it (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html).
 */
export function serviceAccountRole(
    name: string,
    args: { readonly oidc: OidcProvider; readonly subject: Subject; readonly description: string },
    opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
    const { oidc, subject, description } = args;
    const assumeRolePolicy = pulumi.all([oidc.arn, oidc.issuer]).apply(([arn, issuer]) =>
        JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: "sts:AssumeRoleWithWebIdentity",
                    Principal: { Federated: arn },
                    Condition: {
                        StringEquals: {
                            [`${issuer}:aud`]: "sts.amazonaws.com",
                            [`${issuer}:sub`]: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`,
                        },
                    },
                },
            ],
        }),
    );
    return new aws.iam.Role(name, { description, assumeRolePolicy }, opts);
}

/**
 * The ServiceAccount of one workload, by the workload's name. Its token is not mounted: no HySDS process calls the
 * Kubernetes API, and the token that AWS needs comes in a volume of its own
 * (https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html).
 */
export function serviceAccount(
    name: string,
    args: {
        readonly workload: string;
        readonly namespace: HysdsNamespace;
        readonly roleArn?: pulumi.Output<string>;
    },
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ServiceAccount {
    const annotations = args.roleArn && {
        "eks.amazonaws.com/role-arn": args.roleArn,
        // SDKs of the proxy's age otherwise call the global endpoint, which GovCloud and private subnets lack.
        "eks.amazonaws.com/sts-regional-endpoints": "true",
    };
    return new k8s.core.v1.ServiceAccount(
        name,
        {
            metadata: {
                name: args.workload,
                namespace: args.namespace.name,
                labels: {
                    "app.kubernetes.io/part-of": "hysds",
                    "app.kubernetes.io/managed-by": "pulumi",
                },
                ...(annotations ? { annotations } : {}),
            },
            automountServiceAccountToken: false,
        },
        { ...opts, deletedWith: args.namespace.resource },
    );
}

/** A workload's ServiceAccount with, where it asked for AWS permissions, an IAM role that only it can assume. */
export class WorkloadIdentity extends pulumi.ComponentResource implements Identity {
    public readonly serviceAccountName: pulumi.Output<string>;
    public readonly roleArn?: pulumi.Output<string>;
    public readonly resource: pulumi.Resource = this;

    /**
     * @param name `<prefix>-<workload>`: the start of the role's name
     * @param args `workload` names the ServiceAccount; without `statements` there is no role
     */
    constructor(
        name: string,
        args: IdentityArgs & {
            readonly workload: string;
            readonly oidc: OidcProvider;
            readonly provider: k8s.Provider;
        },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:WorkloadIdentity", name, {}, opts);
        const { workload, namespace, statements, oidc, provider } = args;
        if (statements) {
            const role = serviceAccountRole(
                name,
                {
                    oidc,
                    subject: { namespace: namespace.plainName, serviceAccount: workload },
                    description: `HySDS workload ${workload}`,
                },
                { parent: this },
            );
            const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
            new aws.iam.RolePolicy(name, { role: role.name, policy }, { parent: this });
            this.roleArn = role.arn;
        }
        const account = serviceAccount(
            name,
            { workload, namespace, ...(this.roleArn ? { roleArn: this.roleArn } : {}) },
            { parent: this, provider },
        );
        this.serviceAccountName = account.metadata.name;
        this.registerOutputs({ serviceAccountName: this.serviceAccountName });
    }
}
