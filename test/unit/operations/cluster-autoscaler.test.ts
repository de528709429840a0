import { beforeAll, describe, expect, it } from "vitest";
import { IMAGES } from "../../../components/kubernetes/images";
import { kubernetesVersions } from "../../../components/settings/limits/kubernetes";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";
import { evaluated } from "../../support/evaluated";

const NAME = "cluster-autoscaler";
const TEMPLATE = "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage";

interface Container {
    readonly image: string;
    readonly command: readonly string[];
}

interface Statement {
    readonly Action: string | readonly string[];
    readonly Resource: string;
    readonly Condition?: unknown;
}

interface NodeGroup {
    readonly labels: Record<string, string>;
    readonly tags: Record<string, string>;
}

let prod: Evaluation;

beforeAll(async () => {
    prod = await evaluated("prod", {
        "hysds:nodeAutoscaler": NAME,
        "hysds:nodeIdleMinutes": "25",
    });
}, 60_000);

function inputs<T>(resource: CapturedResource | undefined): T {
    return reveal(resource?.inputs) as T;
}

function container(stack: Evaluation): Container {
    const deployment = stack.resources.find(
        ({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === NAME,
    );
    const { spec } = inputs<{ spec: { template: { spec: { containers: Container[] } } } }>(
        deployment,
    );
    return spec.template.spec.containers[0]!;
}

function nodeGroups(stack: Evaluation): CapturedResource[] {
    return stack.resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
}

describe("the cluster autoscaler", () => {
    it("finds the node groups of this cluster", () => {
        const discovery =
            "asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/hysds-prod";
        expect(container(prod).command).toContain(`--node-group-auto-discovery=${discovery}`);
    });

    it("removes idle nodes as fast as it is told", () => {
        expect(container(prod).command).toContain("--scale-down-unneeded-time=1500s");
    });

    it.each(Object.keys(kubernetesVersions))("is of the cluster's Kubernetes %s", (version) => {
        expect(IMAGES.pinned("cluster-autoscaler", version)).toMatch(
            new RegExp(`^registry\\.k8s\\.io/autoscaling/cluster-autoscaler:v${version}\\.\\d+$`),
        );
    });

    it("may change the Auto Scaling groups of this cluster, and none else", () => {
        const policy = prod.resources.find(
            ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name.endsWith(NAME),
        );
        const { Statement } = JSON.parse(inputs<{ policy: string }>(policy).policy) as {
            Statement: Statement[];
        };
        const writing = Statement.filter(({ Action }) =>
            [Action].flat().some((action) => !/:(Describe|Get)/.test(action)),
        );
        expect(writing).toEqual([
            {
                Effect: "Allow",
                Action: [
                    "autoscaling:SetDesiredCapacity",
                    "autoscaling:TerminateInstanceInAutoScalingGroup",
                ],
                Resource: "*",
                Condition: {
                    StringEquals: {
                        "aws:ResourceTag/k8s.io/cluster-autoscaler/hysds-prod": "owned",
                    },
                },
            },
        ]);
    });
});

describe("node groups under it", () => {
    it("tell the disk of a node that is not there yet: the root volume, or the smallest instance store", () => {
        const byPool = new Map(
            nodeGroups(prod)
                .map((group) => inputs<NodeGroup>(group))
                .map(({ labels, tags }) => [labels["hysds.io/pool"], tags[TEMPLATE]]),
        );
        // 100 GiB of which 85 percent are left to pods; 474 GB, which are 441 GiB.
        expect(Object.fromEntries(byPool)).toEqual({ services: "85Gi", jobs: "375Gi" });
    });

    it("have no such tag without it", async () => {
        const fixed = await evaluated("prod", { "hysds:nodeAutoscaler": "none" });
        for (const group of nodeGroups(fixed)) {
            expect(inputs<Partial<NodeGroup>>(group).tags ?? {}).not.toHaveProperty([TEMPLATE]);
        }
    });
});
