import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { takingCronJob } from "../../../contract/backups";
import { Backends } from "../../backends/backends";
import { imageReference } from "../../hysds/images";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { BackupSettings, Settings } from "../../settings/settings";
import { bucketDestination } from "./aws";
import { VOLUME } from "./destination";
import { BackupJobs } from "./jobs";
import { BackupStore } from "./store";
import { backupStore } from "./stores";

export interface BackupsArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly schedule: Extract<BackupSettings, { kind: "scheduled" }>;
}

/**
 * Backups of the stores, where the settings ask for them: undefined where they do not.
 *
 * @param settings with the images that run
 */
export function createBackups(
    settings: Settings,
    platform: Platform,
    backends: Backends,
): Backups | undefined {
    const schedule = settings.backups;
    return schedule.kind === "none"
        ? undefined
        : new Backups(`${settings.namePrefix}-backups`, { settings, platform, backends, schedule });
}

/**
 * Scheduled backups: RabbitMQ's definitions, an in-cluster Redis, and snapshots of the search indices. On AWS they go
 * to a bucket of their own, elsewhere to volumes. Each store has a CronJob `backup-<store>`, which `hysds-ops backup`
 * runs as well, with rights to its own part alone. What ElastiCache and OpenSearch Service do by themselves stays.
 */
export class Backups extends pulumi.ComponentResource {
    /** Absent off AWS. */
    public readonly bucketName?: pulumi.Output<string>;

    private readonly namespace: HysdsNamespace;

    constructor(
        private readonly backupsName: string,
        private readonly args: BackupsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:Backups", backupsName, {}, opts);
        const { settings, platform, backends, schedule } = args;
        const { stores, ready } = backends;
        this.namespace = platform.namespace(settings.hysds.namespace, "restricted");
        const { retentionDays } = schedule;
        const destination =
            bucketDestination(backupsName, { settings, platform, stores, retentionDays }, this) ??
            VOLUME;
        this.bucketName = destination.bucketName;
        const backedUp = stores.flatMap((store) => backupStore(store, destination, ready) ?? []);
        const inFolders = backedUp.some(({ place }) => place && "folder" in place);
        const claimName = inFolders ? this.createClaim() : undefined;
        for (const store of backedUp) {
            this.createJobs(store, store.place && claimName);
        }
        this.registerOutputs({ bucketName: this.bucketName });
    }

    /** One claim for the files of all stores: their CronJobs share it, and wait for each other. */
    private createClaim(): pulumi.Output<string> {
        const { settings, platform, schedule } = this.args;
        const claim = new k8s.core.v1.PersistentVolumeClaim(
            this.backupsName,
            {
                metadata: {
                    name: "backups",
                    namespace: this.namespace.name,
                    labels: workloadLabels("backups", "backups"),
                    // Bound when the first backup runs.
                    annotations: { "pulumi.com/skipAwait": "true" },
                },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: platform.storageClass,
                    resources: { requests: { storage: `${schedule.storageGiB}Gi` } },
                },
            },
            {
                ...inNamespace(this, platform, this.namespace),
                protect: settings.protect,
                retainOnDelete: settings.protect,
            },
        );
        return claim.metadata.name;
    }

    private createJobs(store: BackupStore, claimName: pulumi.Output<string> | undefined): void {
        const { settings, platform, schedule } = this.args;
        new BackupJobs(
            takingCronJob(store.name),
            {
                store,
                schedule,
                platform,
                namespace: this.namespace,
                image: imageReference("core", settings),
                claimName,
            },
            { parent: this },
        );
    }
}
