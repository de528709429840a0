import { AccountResource, SimulatedAccount } from "./account";
import { outputsOf } from "./resources";
import { texts } from "./resources/row";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Log groups that the control planes of deleted clusters have still to write their last events to. */
const pending = new WeakMap<SimulatedAccount, Set<string>>();

/**
 * EKS delivers a control plane's last events after the cluster is gone, and makes their log group anew where somebody has
 * deleted it meanwhile, without retention and tags: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/920.
 *
 * @param deleted what has just been deleted: a cluster, or the group itself
 */
export function writeOnceMore(deleted: AccountResource, account: SimulatedAccount): void {
    const names = pending.get(account) ?? new Set();
    pending.set(account, names);
    if (deleted.type === CLUSTER && texts(deleted.inputs, "enabledClusterLogTypes").length > 0) {
        names.add(`/aws/eks/${deleted.id}/cluster`);
    }
    if (deleted.type === LOG_GROUP && names.delete(deleted.id)) {
        const seed = account.nextSeed();
        const group = { type: LOG_GROUP, id: deleted.id, name: "", seed, revision: 1 };
        const inputs = { name: deleted.id };
        account.add({ ...group, inputs, outputs: outputsOf({ ...group, inputs }, account, {}) });
    }
}
