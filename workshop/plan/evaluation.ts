/** One resource as the program registered it. */
export interface CapturedResource {
    readonly urn: string;
    /** Pulumi type token, such as `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** URN of the parent; only the stack itself has none. */
    readonly parent?: string;
    /** False for components. */
    readonly custom: boolean;
    /** True for components that a provider creates, such as `eks:index:Cluster`: their children are not seen. */
    readonly remote: boolean;
    /** True for resources that are only read. */
    readonly existing: boolean;
    /** Inputs as sent to the engine; secrets are `SecretValue`s. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Simulated outputs that later resources were made from; secrets are `SecretValue`s. */
    readonly outputs: Readonly<Record<string, unknown>>;
    /** URNs of `dependsOn` and of every resource that an input was made from. */
    readonly dependencies: readonly string[];
    /** URNs by the input that was made from them. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly options: CapturedOptions;
}

export interface CapturedOptions {
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    /** URN of the provider resource; undefined means the package's default provider. */
    readonly provider?: string;
    /** URN of the resource whose deletion deletes this one too. */
    readonly deletedWith?: string;
    /** URNs or names under which the resource was known before. */
    readonly aliases: readonly string[];
    /** Durations as given, such as `60m`; undefined where the provider's own holds. */
    readonly customTimeouts: {
        readonly create?: string;
        readonly update?: string;
        readonly delete?: string;
    };
}

/** What one stack is made of. */
export interface Evaluation {
    readonly project: string;
    readonly stack: string;
    /** In registration order, the stack itself first. */
    readonly resources: readonly CapturedResource[];
    /** Stack outputs; secrets are `SecretValue`s. */
    readonly outputs: Readonly<Record<string, unknown>>;
}
