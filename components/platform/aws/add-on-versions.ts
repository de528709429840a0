import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AddOnName, RECOMMENDED } from "../../settings/limits/add-ons";
import { AwsPlatformSettings } from "../../settings/settings";
import { LiveCluster } from "./live-cluster";

/** Tag of an add-on: for which Kubernetes version its own version was chosen. */
const CHOSEN_FOR = "hysds.io/kubernetes-version";

/** An add-on as it runs at this moment. */
export interface RunningAddOn {
    readonly version: string;
    /** Kubernetes version that it was chosen for; undefined where it was not said. */
    readonly chosenFor?: string;
}

/**
 * Versions of the add-ons of one cluster. EKS recommends another build every few weeks: an add-on therefore keeps the
 * one that it runs, so that an `up` about something else rolls none, until the Kubernetes version changes or the setting
 * names another. The Kubernetes version that it was chosen for is a tag, since an `up` may fail between the upgrade of
 * the control plane and that of the add-ons.
 */
export class AddOnVersions {
    /** Tags that every add-on of the cluster carries. */
    public readonly tags: Readonly<Record<string, string>>;

    /**
     * @param clusterName physical name of the cluster
     * @param live the cluster as it is at the moment; undefined while there is none
     */
    constructor(
        private readonly clusterName: string,
        private readonly settings: Pick<
            AwsPlatformSettings["cluster"],
            "version" | "addonVersions"
        >,
        private readonly live: pulumi.Output<LiveCluster | undefined>,
        private readonly opts: pulumi.InvokeOptions,
    ) {
        this.tags = { [CHOSEN_FOR]: settings.version };
    }

    /** The version that an add-on is to have: what the setting says, what it runs, or what EKS recommends. */
    of(addonName: AddOnName): pulumi.Output<string> {
        const { version, addonVersions } = this.settings;
        const named = addonVersions[addonName];
        if (named !== undefined && named !== RECOMMENDED) {
            return pulumi.output(named);
        }
        return this.live.apply(async (cluster) => {
            const running =
                named === undefined && cluster !== undefined
                    ? await this.running(addonName)
                    : undefined;
            const kept = versionToKeep(version, running, cluster?.version);
            return kept ?? (await this.recommended(addonName));
        });
    }

    private async recommended(addonName: AddOnName): Promise<string> {
        const args = { addonName, kubernetesVersion: this.settings.version };
        return (await aws.eks.getAddonVersion(args, this.opts)).version;
    }

    /** The provider has no list of a cluster's add-ons, and fails for one that there is not. */
    private async running(addonName: AddOnName): Promise<RunningAddOn | undefined> {
        try {
            const { addonVersion, tags } = await aws.eks.getAddon(
                { clusterName: this.clusterName, addonName },
                this.opts,
            );
            return { version: addonVersion, chosenFor: tags[CHOSEN_FOR] };
        } catch (failure) {
            // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/addon_data_source.go
            if (/couldn't find resource/.test(String(failure))) {
                return undefined;
            }
            throw failure;
        }
    }
}

/**
 * The version of an add-on that stays.
 *
 * @param wanted Kubernetes version that the cluster is to have
 * @param kubernetes the one that it has
 * @returns undefined where none runs, or one that was chosen for another Kubernetes version
 */
export function versionToKeep(
    wanted: string,
    running: RunningAddOn | undefined,
    kubernetes: string | undefined,
): string | undefined {
    const chosenFor = running?.chosenFor ?? kubernetes;
    return chosenFor === wanted ? running?.version : undefined;
}
