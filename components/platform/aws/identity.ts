import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HandedIdentity, Identity, IdentityArgs } from "../platform";
import { serviceAccount } from "../service-account";
import { AwsFacts } from "./facts";
import { statementsOf } from "./grants";

/** The IAM OpenID Connect provider of an EKS cluster. */
export interface OidcProvider {
    readonly arn: pulumi.Output<string>;
    /** Issuer without `https://`, as condition keys spell it. */
    readonly issuer: pulumi.Output<string>;
}

/** Whom a ServiceAccount's token is for. https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html */
const AUDIENCE = "sts.amazonaws.com";

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
                            [`${issuer}:aud`]: AUDIENCE,
                            [`${issuer}:sub`]: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`,
                        },
                    },
                },
            ],
        }),
    );
    return new aws.iam.Role(name, { description, assumeRolePolicy }, opts);
}

/** A workload's ServiceAccount with, where it is granted something of AWS, an IAM role that only it can assume. */
export class WorkloadIdentity extends pulumi.ComponentResource implements Identity {
    public readonly serviceAccountName: pulumi.Output<string>;
    /** ARN of the role. */
    public readonly principal?: pulumi.Output<string>;
    public readonly handed: HandedIdentity;
    public readonly resource: pulumi.Resource = this;

    /**
     * @param name `<prefix>-<workload>`: the start of the role's name
     * @param args `workload` names the ServiceAccount; without grants there is no role
     */
    constructor(
        name: string,
        args: IdentityArgs & {
            readonly workload: string;
            readonly oidc: OidcProvider;
            readonly facts: AwsFacts;
            readonly provider: k8s.Provider;
        },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:WorkloadIdentity", name, {}, opts);
        const { workload, namespace, grants, policies = [], oidc, provider } = args;
        const statements = statementsOf(grants ?? [], args.facts);
        if (statements.length + policies.length > 0) {
            const role = serviceAccountRole(
                name,
                {
                    oidc,
                    subject: { namespace: namespace.plainName, serviceAccount: workload },
                    description: `HySDS workload ${workload}`,
                },
                { parent: this },
            );
            this.permit(name, role, { statements, policies });
            this.principal = role.arn;
        }
        this.handed = handedIdentity(this.principal, args.facts);
        const account = serviceAccount(
            name,
            { workload, namespace, annotations: roleAnnotations(this.principal) },
            { parent: this, provider },
        );
        this.serviceAccountName = account.metadata.name;
        this.registerOutputs({ serviceAccountName: this.serviceAccountName });
    }

    private permit(
        name: string,
        role: aws.iam.Role,
        {
            statements,
            policies,
        }: { statements: aws.iam.PolicyStatement[]; policies: readonly string[] },
    ): void {
        if (statements.length > 0) {
            const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
            new aws.iam.RolePolicy(name, { role: role.name, policy }, { parent: this });
        }
        for (const policyArn of policies) {
            new aws.iam.RolePolicyAttachment(
                `${name}-${policyArn.split(":").slice(4).join("-")}`,
                { role: role.name, policyArn },
                { parent: this },
            );
        }
    }
}

/**
 * Names of the variables that EKS gives the containers of a pod, for those that it does not see
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html). Clients of Python read
 * AWS_DEFAULT_REGION alone, and others AWS_REGION.
 */
export const IDENTITY_VARIABLES = [
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
] as const;

/** An identity of AWS for processes that EKS does not see; without a role they know their region alone. */
export function handedIdentity(
    roleArn: pulumi.Output<string> | undefined,
    { region }: Pick<AwsFacts, "region">,
): HandedIdentity {
    return {
        audience: AUDIENCE,
        variables: (
            tokenFile,
        ): Partial<Record<(typeof IDENTITY_VARIABLES)[number], pulumi.Input<string>>> => ({
            AWS_REGION: region,
            AWS_DEFAULT_REGION: region,
            AWS_STS_REGIONAL_ENDPOINTS: "regional",
            ...(roleArn && { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile }),
        }),
    };
}

/** What makes EKS give pods with the ServiceAccount a token of the role. */
function roleAnnotations(
    roleArn: pulumi.Output<string> | undefined,
): Record<string, pulumi.Input<string>> | undefined {
    return (
        roleArn && {
            "eks.amazonaws.com/role-arn": roleArn,
            // SDKs of the proxy's age otherwise call the global endpoint, which GovCloud and private subnets lack.
            "eks.amazonaws.com/sts-regional-endpoints": "true",
        }
    );
}
