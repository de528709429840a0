import { SimulatedAccount } from "../account";
import { vcpusOfSize } from "../../../components/settings/limits/instances";
import { block, text, texts } from "../resources/row";
import { Properties } from "../wire/values";
import { Rule, RuleContext } from "./rule";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Of a type the account has no more than its quota. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function counted(type: string, code: string, operation: string, error: string): Rule {
    return {
        name: `quota of ${operation}`,
        type,
        at: "create",
        refusal: ({ account }) =>
            account.ofType(type).length < (account.quota(code)?.value ?? Infinity)
                ? undefined
                : `operation error EC2: ${operation}, https response error StatusCode: 400, api error ${error}`,
    };
}

/** https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const VCPU_QUOTAS = [
    { families: /^[acdhimrtz]/, onDemand: "L-1216C47A", spot: "L-34B43A08" },
    { families: /^(g|vt)/, onDemand: "L-DB2E81BA", spot: "L-3819A6DF" },
] as const;

function isSpot(group: Properties): boolean {
    return text(group, "capacityType") === "SPOT";
}

/** The least of the vCPUs that the nodes of a group have, and the quota that they count against. */
function vcpus(group: Properties): { readonly code: string | undefined; readonly count: number } {
    const types = texts(group, "instanceTypes");
    const quotas = VCPU_QUOTAS.find(({ families }) => families.test(types[0] ?? ""));
    const each = Math.min(...types.map((type) => vcpusOfSize(type) ?? 0));
    return {
        code: quotas?.[isSpot(group) ? "spot" : "onDemand"],
        count: each * Number(block(group, "scalingConfig").desiredSize ?? 0),
    };
}

/** Of all groups of the account, this one among them. */
function allVcpus(account: SimulatedAccount, { inputs, olds }: RuleContext): number {
    const { code, count } = vcpus(inputs);
    return account
        .ofType(NODE_GROUP)
        .map((other) => other.inputs)
        .filter((other) => text(other, "nodeGroupName") !== text(olds ?? {}, "nodeGroupName"))
        .map(vcpus)
        .filter((other) => other.code === code)
        .reduce((sum, other) => sum + other.count, count);
}

/** As EKS tells of it: https://github.com/klothoplatform/klotho/pull/311, and of spot instances EC2: MaxSpotInstanceCountExceeded. */
function launchFailure(group: Properties, limit: number): string {
    const reason = isSpot(group)
        ? "Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded"
        : "On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU " +
          `limit of ${limit} allows for the instance bucket that the specified instance type belongs to.`;
    return (
        "unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: AsgInstanceLaunchFailures: " +
        `Could not launch ${reason}`
    );
}

function vcpuRule(at: "create" | "update"): Rule {
    return {
        name: "quota of vCPUs",
        type: NODE_GROUP,
        at,
        refusal: (context) => {
            const { account, inputs, olds } = context;
            const { code = "", count } = vcpus(inputs);
            const limit = account.quota(code)?.value ?? Infinity;
            const grows = olds === undefined || count > vcpus(olds).count;
            return grows && allVcpus(account, context) > limit
                ? launchFailure(inputs, limit)
                : undefined;
        },
    };
}

/** What an account has so much of. */
export const quotaRules: readonly Rule[] = [
    counted(
        "aws:ec2/vpc:Vpc",
        "L-F678F1CE",
        "CreateVpc",
        "VpcLimitExceeded: The maximum number of VPCs has been reached.",
    ),
    counted(
        "aws:ec2/eip:Eip",
        "L-0263D0A3",
        "AllocateAddress",
        "AddressLimitExceeded: The maximum number of addresses has been reached.",
    ),
    vcpuRule("create"),
    vcpuRule("update"),
];
