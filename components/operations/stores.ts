import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../backends/backends";
import { Store, StoreBackup, StoreRotation } from "../backends/store";
import { BackupSettings } from "../settings/settings";

/** What operators should know of one store. */
export interface StoreSummary {
    /** `scheme://host:port`, as HySDS reaches it. */
    readonly address: string;
    readonly backups: string;
    readonly alarms: string;
    readonly credential: string;
}

/** What the stack says of its stores, by what operators call them. */
export interface StoreOutputs {
    readonly stores: pulumi.Output<Readonly<Record<string, StoreSummary>>>;
}

const OWNER = "its owner's, and not this stack's";

const BACKUPS: Readonly<Record<StoreBackup["method"], string>> = {
    definitions: "its definitions, by this stack",
    dump: "copies of all of it, by this stack",
    "own-snapshots": "snapshots that it takes by itself",
    folder: "snapshots of its indices, by this stack",
    bucket: "snapshots of its indices, by this stack",
    owner: OWNER,
};

/** What is left where the stack takes no backups. */
const WITHOUT_BACKUPS: Readonly<Partial<typeof BACKUPS>> = {
    "own-snapshots": BACKUPS["own-snapshots"],
    owner: OWNER,
};

const CREDENTIALS: Readonly<Record<StoreRotation, string>> = {
    "replaced-password": "pulumi up --replace <URN of its RandomPassword> gives it a new password",
    signed: "none: a role signs its requests",
    fixed: "it keeps the password that it was made with",
    "second-user": "hysds-ops broker-user makes another user for it",
    owner: "its owner's: set a new one by pulumi config set --secret",
};

/** The output `stores`: where each is, who backs it up and watches it, and how it gets a new credential. */
export function storeOutputs(
    { stores }: Backends,
    settings: { readonly backups: BackupSettings; readonly monitoring: string },
): StoreOutputs {
    return {
        stores: pulumi.all(
            Object.fromEntries(
                stores.map((store) => [
                    store.name,
                    store.endpoint.origin().apply((address) => ({
                        address,
                        backups: backupsOf(store, settings.backups),
                        alarms: alarmsOf(store, settings.monitoring),
                        credential: CREDENTIALS[store.rotation],
                    })),
                ]),
            ),
        ),
    };
}

/** Whether it is somebody else's to back up and to watch. */
export function isOwners({ backup }: Store): boolean {
    return backup.method === "owner";
}

function backupsOf({ backup }: Store, { kind }: BackupSettings): string {
    return kind === "none" ? (WITHOUT_BACKUPS[backup.method] ?? "none") : BACKUPS[backup.method];
}

function alarmsOf(store: Store, monitoring: string): string {
    if (isOwners(store)) {
        return OWNER;
    }
    if (monitoring === "none") {
        return "none";
    }
    return store.metrics.cloudWatch
        ? "CloudWatch"
        : monitoring === "prometheus"
          ? "Prometheus"
          : "none";
}
