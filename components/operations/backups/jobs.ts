import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../../backends/endpoint";
import { BACKUP_STORE_LABEL, restoringCronJob } from "../../../contract/backups";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { cronJob, PodArgs } from "../../kubernetes/workload";
import { HysdsNamespace, Identity, Platform } from "../../platform/platform";
import { BackupPodArgs, redisRestoringPod, takingPod } from "./pods";
import { scripts, storeFile } from "./scripts";
import { BackupStore } from "./store";

/** How late a backup may start when the schedule was missed, and how long it may take. */
const START_SECONDS = 3600;
const DEADLINE_SECONDS = 6 * 3600;

export interface BackupJobsArgs {
    readonly store: BackupStore;
    readonly schedule: { readonly schedule: string; readonly retentionDays: number };
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly image: pulumi.Input<string>;
    readonly claimName?: pulumi.Output<string>;
}

/**
 * What backs one store up: a CronJob `backup-<store>`, and for Redis a suspended one, `restore-<store>`, that is the
 * template of restores; their ServiceAccount, and a Secret with the scripts and the store's credentials.
 */
export class BackupJobs extends pulumi.ComponentResource {
    /** @param name of the CronJob */
    constructor(
        private readonly cronJobName: string,
        private readonly args: BackupJobsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:BackupJobs", cronJobName, {}, opts);
        const { store, platform, namespace } = args;
        const identity = platform.identityFor(cronJobName, {
            namespace,
            grants: store.grants ?? [],
        });
        const pods: BackupPodArgs = {
            store,
            identity,
            placement: platform.servicePlacement,
            image: args.image,
            secretName: this.createSecret(),
            claimName: args.claimName,
        };
        if (!store.onlyRestores) {
            this.createCronJob(cronJobName, identity, { pod: takingPod(pods), suspend: false });
        }
        if (store.restored) {
            const restoring = { pod: redisRestoringPod(pods), suspend: true };
            this.createCronJob(restoringCronJob(store.name), identity, restoring);
        }
        this.registerOutputs();
    }

    private createSecret(): pulumi.Output<string> {
        const { store, platform, namespace, schedule } = this.args;
        const secret = new k8s.core.v1.Secret(
            `${this.cronJobName}-files`,
            {
                metadata: {
                    name: this.cronJobName,
                    namespace: namespace.name,
                    labels: workloadLabels(this.cronJobName, "backups"),
                },
                stringData: {
                    ...scripts(store.kind),
                    "store.json": storeFile(store, schedule.retentionDays),
                    ...(store.server ? clientEnvironment(store.server.endpoint) : {}),
                },
            },
            inNamespace(this, platform, namespace),
        );
        return secret.metadata.name;
    }

    private createCronJob(
        name: string,
        identity: Identity,
        specific: { readonly pod: PodArgs; readonly suspend: boolean },
    ): void {
        const { store, platform, namespace, schedule } = this.args;
        cronJob(
            name,
            {
                name,
                component: "backups",
                platform,
                namespace,
                labels: { [BACKUP_STORE_LABEL]: store.name },
                schedule: schedule.schedule,
                startingDeadlineSeconds: START_SECONDS,
                backoffLimit: 2,
                deadlineSeconds: DEADLINE_SECONDS,
                ...specific,
            },
            { parent: this, dependsOn: [identity.resource, ...store.dependsOn] },
        );
    }
}

/** What a Redis client takes from its environment. */
function clientEnvironment(
    endpoint: Endpoint,
): Readonly<Record<"host" | "password", pulumi.Output<string>>> {
    const known = endpoint.resolved();
    return {
        host: known.host,
        password: known.apply(({ password }) => password ?? ""),
    };
}
