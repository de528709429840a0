import type { ScenarioImage } from "../package/package";
import type { Hysds } from "../support/hysds";
import type { Pods } from "../support/pods";

/** What the parts of the scenario share. */
export interface World {
    readonly hysds: Hysds;
    readonly pods: Pods;
    /** Asks the REST API of a service. */
    readonly get: <Answer>(service: string, path: string) => Promise<Answer>;
    /** Sends JSON to the REST API of a service. */
    readonly post: (
        service: string,
        path: string,
        body: Readonly<Record<string, unknown>>,
    ) => Promise<unknown>;
    /** The image of the scenario's jobs, as a mission's are: its user is 1000, as the worker's. */
    readonly image: ScenarioImage;
    /** The same image with another user. */
    readonly imageOf: (user: string) => Promise<ScenarioImage>;
    /** Ends a container's main process, as an out-of-memory kill does. */
    readonly killContainer: (id: string) => Promise<void>;
    /** The containers that jobs run in, in the pods of a workload. */
    readonly jobContainers: (workload: string) => Promise<readonly string[]>;
    /** Memory that all pods use at the moment, without the part of the page cache that is free to go. */
    readonly memoryMiB: () => number;
    /** An empty folder. */
    readonly folder: string;
}

/** The world, once it is there: tests are declared before. */
export type Given = () => World;
