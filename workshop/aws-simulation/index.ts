import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { AccountOptions, AccountResource, SimulatedAccount } from "./account";
import { AwsProvider } from "./aws-provider";
import { Call, Calls, Delay, Failure } from "./calls";
import { ComponentProvider } from "./component-provider";
import { constructAddon, constructVpcCniAddon } from "./components/eks-add-ons";
import { constructCluster } from "./components/eks-cluster";
import { KubeconfigSource } from "./components/eks-outputs";
import { constructManagedNodeGroup, constructNodeGroupV2 } from "./components/eks-node-groups";
import { constructNodeGroupSecurityGroup } from "./components/eks-security-groups";
import { isReached, outOfReach } from "./components/eks-reach";
import { constructVpc } from "./components/vpc";
import { NodeEffects } from "./node-effects";
import { newId, outputsOf } from "./resources";
import { PackageProvider, providerService } from "./wire/service";
import { Properties } from "./wire/values";

export type { AccountResource } from "./account";
export type { Call, Delay, Failure, Operation } from "./calls";

export interface AwsSimulationOptions extends Partial<AccountOptions> {
    /**
     * Content of the kubeconfig that every simulated EKS cluster hands out: a real API server stands in for EKS's. The
     * nodes of node groups become Node objects in it.
     */
    readonly kubeconfig?: string;
    /** Address from which the engine reaches the API of EKS clusters; inside of their VPCs where there is none. */
    readonly callerAddress?: string;
}

type PackageName = "aws" | "awsx" | "eks";

/** A simulated AWS account, and the providers by which the Pulumi engine reaches it. */
export interface AwsSimulation {
    /** What the engine needs in its environment to attach to the simulation: PULUMI_DEBUG_PROVIDERS. */
    readonly env: Readonly<Record<string, string>>;
    readonly ports: Readonly<Record<PackageName, number>>;
    /** Every call so far, of all engine runs. */
    readonly calls: readonly Call[];
    /** What exists in the account, by `type::id`, whichever engine run made it. */
    readonly resources: ReadonlyMap<string, AccountResource>;
    /** Makes a call fail. */
    failOn(fault: Failure): void;
    /** Makes a call slow. */
    delayOn(fault: Delay): void;
    /** Forgets the faults that have not happened. */
    clearFaults(): void;
    /** Brings the engine into the VPCs of the account, from where it reaches every cluster. */
    enterVpc(): void;
    /** Puts something into the account that no engine made; gives its id. */
    adopt(type: string, inputs: Properties, id?: string): string;
    /** Changes something behind the engine's back, as a person in the console does. */
    drift(type: string, id: string, change: Properties): void;
    /** Ends what is under way and stops listening. */
    stop(): Promise<void>;
}

/**
 * Starts a simulation of AWS: not AWS, and no proof that AWS would accept what it accepts. It listens on loopback and
 * lives in this process, through as many runs of the engine as there are, until it is stopped.
 *
 * @param options region `us-west-2`, account 123456789012 and partition `aws` by default, without any service-linked role,
 * with quotas of 2000 vCPUs and else AWS's defaults.
 */
export async function startAwsSimulation(
    options: AwsSimulationOptions = {},
): Promise<AwsSimulation> {
    const account = new SimulatedAccount({
        region: "us-west-2",
        accountId: "123456789012",
        partition: "aws",
        serviceLinkedRoles: [],
        // AWS's own defaults hold no stack.
        quotas: { "L-1216C47A": 2000, "L-34B43A08": 2000 },
        ...options,
    });
    const calls = new Calls();
    const caller = { address: options.callerAddress };
    const providers: Record<PackageName, PackageProvider> = {
        aws: new AwsProvider(account, calls, nodeEffects(options.kubeconfig, account)),
        awsx: new ComponentProvider("awsx", calls, { "awsx:ec2:Vpc": constructVpc }),
        eks: eksProvider(calls, (vpcConfig) =>
            isReached(vpcConfig, caller.address)
                ? options.kubeconfig
                : outOfReach(options.kubeconfig),
        ),
    };
    const servers = await Promise.all(Object.values(providers).map(serve));
    const [aws = 0, awsx = 0, eks = 0] = servers.map(({ port }) => port);
    return {
        env: { PULUMI_DEBUG_PROVIDERS: `aws:${aws},awsx:${awsx},eks:${eks}` },
        ports: { aws, awsx, eks },
        calls: calls.log,
        resources: account.resources,
        failOn: (fault) => calls.failOn(fault),
        delayOn: (fault) => calls.delayOn(fault),
        clearFaults: () => calls.clearFaults(),
        enterVpc: () => {
            caller.address = undefined;
        },
        adopt: (type, inputs, id) => adopt(account, type, inputs, id),
        drift: (type, id, change) => drift(account, type, id, change),
        stop: () => {
            calls.interrupt();
            servers.forEach(({ server }) => server.forceShutdown());
            return Promise.resolve();
        },
    };
}

function nodeEffects(
    kubeconfig: string | undefined,
    account: SimulatedAccount,
): NodeEffects | undefined {
    return kubeconfig === undefined ? undefined : new NodeEffects(kubeconfig, account);
}

function eksProvider(calls: Calls, kubeconfig: KubeconfigSource): ComponentProvider {
    return new ComponentProvider("eks", calls, {
        "eks:index:Cluster": (component) => constructCluster(component, kubeconfig),
        "eks:index:ManagedNodeGroup": constructManagedNodeGroup,
        "eks:index:NodeGroupV2": constructNodeGroupV2,
        "eks:index:NodeGroupSecurityGroup": constructNodeGroupSecurityGroup,
        "eks:index:Addon": constructAddon,
        "eks:index:VpcCniAddon": constructVpcCniAddon,
    });
}

async function serve(provider: PackageProvider): Promise<{ server: grpc.Server; port: number }> {
    const unlimited = { "grpc.max_receive_message_length": 1024 * 1024 * 400 };
    const server = new grpc.Server(unlimited);
    server.addService(ResourceProviderService, providerService(provider));
    const port = await new Promise<number>((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        ),
    );
    return { server, port };
}

function adopt(account: SimulatedAccount, type: string, inputs: Properties, id?: string): string {
    const seed = account.nextSeed();
    const base = { type, name: "adopted", seed, revision: 1, inputs };
    const resource = { ...base, id: id ?? newId(type, { ...base, account }) };
    account.add({ ...resource, outputs: outputsOf(resource, account, {}) });
    return resource.id;
}

function drift(account: SimulatedAccount, type: string, id: string, change: Properties): void {
    const resource = account.get(type, id);
    if (!resource) {
        throw new Error(`there is no ${type} with the id ${id} in the account`);
    }
    resource.inputs = { ...resource.inputs, ...change };
    resource.outputs = outputsOf(resource, account, {});
}
