import { ProviderError } from "../wire/errors";
import { containsUnknown, isObject, Properties, UNKNOWN, Value } from "../wire/values";
import { Child, Component, jsonOf } from "./component";
import { Input, Linked } from "./linked";

export interface AddOnArgs {
    readonly addonName: string;
    readonly clusterName: Input;
    /** Kubernetes version, by which EKS recommends one of the add-on. */
    readonly kubernetesVersion: Linked;
    /** `version`, `configurationValues`, `resolveConflictsOnCreate`, `resolveConflictsOnUpdate`, as the program gave them. */
    readonly options?: Properties;
    readonly parent?: string;
    readonly tags?: Input;
    readonly dependsOn?: readonly (Child | undefined)[];
}

/** One EKS add-on in the version that EKS recommends, unless the program names another. */
export async function addOn(component: Component, name: string, args: AddOnArgs): Promise<Child> {
    const { options = {} } = args;
    const { configurationValues } = options;
    return component.child(
        "aws:eks/addon:Addon",
        name,
        {
            addonName: args.addonName,
            clusterName: args.clusterName,
            addonVersion: options.version ?? (await recommended(component, args)),
            configurationValues:
                configurationValues === undefined ? undefined : jsonOf(configurationValues),
            resolveConflictsOnCreate: options.resolveConflictsOnCreate ?? "OVERWRITE",
            resolveConflictsOnUpdate: options.resolveConflictsOnUpdate ?? "OVERWRITE",
            serviceAccountRoleArn: options.serviceAccountRoleArn,
            preserve: options.preserve ?? true,
            tags: args.tags,
        },
        { parent: args.parent, dependsOn: args.dependsOn },
    );
}

async function recommended(component: Component, args: AddOnArgs): Promise<Linked> {
    const { value, urns } = args.kubernetesVersion;
    if (typeof value !== "string" || containsUnknown(value)) {
        return new Linked(UNKNOWN, urns);
    }
    const result = await component.invoke("aws:eks/getAddonVersion:getAddonVersion", {
        addonName: args.addonName,
        kubernetesVersion: value,
        mostRecent: true,
    });
    return new Linked(result.version ?? null, urns);
}

/** Options of the VPC CNI in the form of the add-on's own configuration. */
export function cniOptions(given: Value | undefined): Properties {
    const options = isObject(given) ? given : {};
    const configured = isObject(options.configurationValues) ? options.configurationValues : {};
    const policy = options.enableNetworkPolicy;
    return {
        ...options,
        ...(options.addonVersion === undefined ? {} : { version: options.addonVersion }),
        configurationValues: {
            ...configured,
            ...(policy === undefined
                ? {}
                : {
                      enableNetworkPolicy:
                          policy === true ? "true" : policy === false ? "false" : policy,
                  }),
        },
    };
}

/** `eks:index:VpcCniAddon`. */
export async function constructVpcCniAddon(component: Component): Promise<Record<string, Input>> {
    const version = component.input("clusterVersion");
    if (!version && component.input("addonVersion") === undefined) {
        throw new ProviderError(
            "You need to specify either `addonVersion` or `clusterVersion` to determine the version of the vpc-cni addon to use.",
        );
    }
    const addon = await addOn(component, component.name, {
        addonName: "vpc-cni",
        clusterName: component.input("clusterName"),
        kubernetesVersion: version ?? new Linked(null, []),
        options: cniOptions(component.everyInput()),
        tags: component.input("tags"),
    });
    return { addon: addon.reference };
}

/** `eks:index:Addon`. */
export async function constructAddon(component: Component): Promise<Record<string, Input>> {
    const cluster = component.input("cluster") ?? new Linked(null, []);
    const eksCluster = await component.propertyOf(cluster, "eksCluster");
    const { addonVersion, ...options } = component.everyInput();
    const addon = await addOn(component, component.name, {
        addonName: component.plainInput("addonName") as string,
        clusterName: await component.propertyOf(eksCluster, "name"),
        kubernetesVersion: await component.propertyOf(eksCluster, "version"),
        options: { ...options, ...(addonVersion === undefined ? {} : { version: addonVersion }) },
        tags: component.input("tags"),
    });
    return { addon: addon.reference };
}
