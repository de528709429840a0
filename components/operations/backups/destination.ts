import * as pulumi from "@pulumi/pulumi";
import { Store } from "../../backends/store";
import { Grant } from "../../platform/grants";
import { FILES_FOLDER, Place } from "./store";

/** A snapshot repository outside the search cluster, and what must be there before it is registered. */
export interface Repository {
    readonly definition: object;
    readonly ready: readonly pulumi.Resource[];
}

/** Where backups go. */
export interface Destination {
    /** Of the bucket, where there is one. */
    readonly bucketName?: pulumi.Output<string>;
    /** Where files of a store are kept, and what its pods need for it: read and write, and not delete. */
    readonly files: (store: string) => {
        readonly place: Place;
        readonly grants?: readonly Grant[];
    };
    /** Of a search cluster that writes its snapshots itself; undefined where there is no place for them. */
    readonly repository: (store: Store) => Repository | undefined;
}

/** A volume in the cluster. */
export const VOLUME: Destination = {
    files: (store) => ({ place: { folder: `${FILES_FOLDER}/${store}` } }),
    repository: () => undefined,
};
