import * as pulumi from "@pulumi/pulumi";
import { Endpoint, origin } from "../../backends/endpoint";
import { Store, StoreBackup } from "../../backends/store";
import { Destination } from "./destination";
import { BackupStore, DUMP_FILE, DUMP_FOLDER } from "./store";

/** Port of the server that reads a dump beside the script that restores it. */
export const LOADED_PORT = 6390;

const MEMORY_MIB = 256;
/** Values of Redis pass through the script. */
const REDIS_MEMORY_MIB = 768;

type Method = StoreBackup["method"];

type Plan<Of extends Method> = (
    store: Store,
    backup: Extract<StoreBackup, { method: Of }>,
    to: Destination & { readonly ready: readonly pulumi.Resource[] },
) => Omit<BackupStore, "name"> | undefined;

const PLANS: { readonly [Of in Method]: Plan<Of> } = {
    definitions: ({ name }, { management }, { files, ready }) => ({
        kind: "rabbitmq",
        memoryMiB: MEMORY_MIB,
        definition: address(management),
        ...files(name),
        dependsOn: ready,
    }),
    dump: ({ name, endpoint }, { server }, { files, ready }) => ({
        kind: "redis",
        memoryMiB: REDIS_MEMORY_MIB,
        definition: redis(endpoint, () => ({
            dump: `${DUMP_FOLDER}/${DUMP_FILE}`,
            loaded: { host: "127.0.0.1", port: LOADED_PORT },
        })),
        ...files(name),
        server: { ...server, endpoint },
        restored: true,
        dependsOn: ready,
    }),
    // What is restored is copied from a store that was made from a snapshot.
    "own-snapshots": ({ endpoint }, _, { ready }) => ({
        kind: "redis",
        memoryMiB: REDIS_MEMORY_MIB,
        definition: redis(endpoint, ({ port, tls }) => ({ loaded: { port, tls } })),
        onlyRestores: true,
        restored: true,
        dependsOn: ready,
    }),
    folder: ({ endpoint }, _, { ready }) => ({
        kind: "search",
        memoryMiB: MEMORY_MIB,
        definition: search(endpoint, {
            type: "fs",
            settings: { location: "hysds-backups", compress: true },
        }),
        dependsOn: ready,
    }),
    bucket: (store, _, { repository }) => {
        const known = repository(store);
        return (
            known && {
                kind: "search",
                memoryMiB: MEMORY_MIB,
                definition: search(store.endpoint, known.definition),
                dependsOn: known.ready,
            }
        );
    },
    owner: () => undefined,
};

/**
 * How the scripts back a store up; undefined where its owner does.
 *
 * @param ready what must be there before the first backup
 */
export function backupStore(
    store: Store,
    destination: Destination,
    ready: readonly pulumi.Resource[],
): BackupStore | undefined {
    const plan = PLANS[store.backup.method] as Plan<Method>;
    const planned = plan(store, store.backup, { ...destination, ready });
    return planned && { name: store.name, ...planned };
}

function search(endpoint: Endpoint, repository: object): BackupStore["definition"] {
    return address(endpoint).apply((known) => pulumi.output({ ...known, repository }));
}

function redis(
    endpoint: Endpoint,
    restoredFrom: (known: { readonly port: number; readonly tls: boolean }) => object,
): BackupStore["definition"] {
    return endpoint.resolved().apply(({ host, port, password, tls }) => ({
        host,
        port,
        password,
        tls,
        ...restoredFrom({ port, tls }),
    }));
}

function address(endpoint: Endpoint): pulumi.Output<Record<string, string>> {
    return endpoint.resolved().apply((known): Record<string, string> => {
        const { username = "", password } = known;
        const url = origin(known);
        return password === undefined ? { url } : { url, username, password };
    });
}
