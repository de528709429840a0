import {
    ApiException,
    CoreV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    V1Node,
    V1Taint,
} from "@kubernetes/client-node";
import { AccountResource, hex, SimulatedAccount } from "./account";
import { block, list, text, texts } from "./resources/row";
import { isObject, Properties } from "./wire/values";

/** What else happens when something in the account changes. */
export interface Effects {
    /** After it was created or updated, before it counts as ready. */
    settled(resource: AccountResource): Promise<void>;
    /** Before it is gone. */
    removed(resource: AccountResource): Promise<void>;
}

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const GROUP_LABEL = "eks.amazonaws.com/nodegroup";
const EFFECTS: Readonly<Record<string, string>> = {
    NO_SCHEDULE: "NoSchedule",
    NO_EXECUTE: "NoExecute",
    PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/**
 * The nodes of EKS node groups, as Node objects in the API server that stands in for EKS's: with the group's labels and
 * taints, in the zones of its subnets. They are marked for kwok, which plays their kubelets.
 *
 * A group always has one node at least: pods that wait for a group of none would have the cluster autoscaler bring one.
 */
export class NodeEffects implements Effects {
    private readonly api: CoreV1Api;

    /** @param kubeconfig content of the API server's kubeconfig; it must allow to create nodes. */
    constructor(
        kubeconfig: string,
        private readonly account: SimulatedAccount,
    ) {
        const config = new KubeConfig();
        config.loadFromString(kubeconfig);
        this.api = config.makeApiClient(CoreV1Api);
    }

    async settled(resource: AccountResource): Promise<void> {
        if (resource.type !== NODE_GROUP) {
            return;
        }
        const wanted = this.nodesOf(resource);
        const names = wanted.map(({ metadata }) => metadata?.name);
        const surplus = (await this.existing(resource)).filter((name) => !names.includes(name));
        await Promise.all(surplus.map((name) => this.api.deleteNode({ name })));
        await Promise.all(wanted.map((node) => this.apply(node)));
    }

    async removed(resource: AccountResource): Promise<void> {
        if (resource.type !== NODE_GROUP) {
            return;
        }
        const names = await this.existing(resource);
        await Promise.all(names.map((name) => this.api.deleteNode({ name })));
    }

    private async existing({ inputs }: AccountResource): Promise<string[]> {
        const labelSelector = `${GROUP_LABEL}=${text(inputs, "nodeGroupName")}`;
        const { items } = await this.api.listNode({ labelSelector });
        return items.map(({ metadata }) => metadata?.name ?? "");
    }

    private async apply(node: V1Node): Promise<void> {
        try {
            await this.api.createNode({ body: node });
        } catch (error) {
            if (!(error instanceof ApiException && error.code === 409)) {
                throw error;
            }
            await this.change(node);
        }
    }

    /** By a patch, which cannot conflict with what kwok and the node controller write at the same moment. */
    private async change({ metadata, spec }: V1Node): Promise<void> {
        await this.api.patchNode(
            {
                name: metadata?.name ?? "",
                body: [
                    { op: "add", path: "/metadata/labels", value: metadata?.labels ?? {} },
                    { op: "add", path: "/spec/taints", value: spec?.taints ?? [] },
                ],
            },
            setHeaderOptions("Content-Type", PatchStrategy.JsonPatch),
        );
    }

    private nodesOf({ inputs, seed }: AccountResource): V1Node[] {
        const scaling = block(inputs, "scalingConfig");
        const count = Math.max(Number(scaling.desiredSize ?? 1), 1);
        return Array.from({ length: count }, (_, index) => {
            const name = this.hostname(`${seed}/${index}`);
            return {
                apiVersion: "v1",
                kind: "Node",
                metadata: {
                    name,
                    annotations: { "kwok.x-k8s.io/node": "fake" },
                    labels: { ...this.labels(inputs, index), "kubernetes.io/hostname": name },
                },
                spec: { taints: taintsOf(inputs) },
            };
        });
    }

    /** EKS's host names: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html */
    private hostname(seed: string): string {
        const octets = [...hex(seed, 6).matchAll(/../g)].map(([pair]) => parseInt(pair, 16));
        return `ip-10-${octets.join("-")}.${this.account.region}.compute.internal`;
    }

    private labels(inputs: Properties, index: number): Record<string, string> {
        const subnets = texts(inputs, "subnetIds");
        const subnet = this.account.get(
            "aws:ec2/subnet:Subnet",
            subnets[index % Math.max(subnets.length, 1)] ?? "",
        );
        const own = Object.entries(block(inputs, "labels")) as [string, string][];
        return {
            ...Object.fromEntries(own),
            [GROUP_LABEL]: text(inputs, "nodeGroupName"),
            "eks.amazonaws.com/capacityType": text(inputs, "capacityType") || "ON_DEMAND",
            "kubernetes.io/arch": text(inputs, "amiType").includes("ARM_64") ? "arm64" : "amd64",
            "kubernetes.io/os": "linux",
            "node.kubernetes.io/instance-type": texts(inputs, "instanceTypes")[0] ?? "t3.medium",
            "topology.kubernetes.io/region": this.account.region,
            "topology.kubernetes.io/zone": text(subnet?.outputs ?? {}, "availabilityZone"),
        };
    }
}

function taintsOf(inputs: Properties): V1Taint[] {
    return list(inputs, "taints")
        .filter(isObject)
        .map((taint) => ({
            key: text(taint, "key"),
            value: text(taint, "value"),
            effect: EFFECTS[text(taint, "effect")] ?? text(taint, "effect"),
        }));
}
