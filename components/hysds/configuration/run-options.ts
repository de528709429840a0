import { IDENTITY_DIRECTORY, OBJECT_STORE_DIRECTORY } from "../pod/paths";
import type { ConfigurationInputs } from "./inputs";

/** What the container of each job is started with, beside what HySDS says, whichever the engine is. */
export interface RunOptions {
    /** Names of the worker's variables that the job has too. */
    readonly variables: readonly string[];
    /** Values by option, without its dashes. */
    readonly options: Readonly<Record<string, string>>;
}

/**
 * By what a job opens the object store, or acts as the identity of its pod in the cloud: as files, which no command line
 * shows. There is never both.
 */
export function runOptions({
    hasObjectStore,
    identityVariables,
}: Pick<ConfigurationInputs, "identityVariables"> & {
    readonly hasObjectStore: boolean;
}): RunOptions {
    if (hasObjectStore) {
        const options = {
            "env-file": `${OBJECT_STORE_DIRECTORY}/environment`,
            volume: readable(OBJECT_STORE_DIRECTORY),
        };
        return { variables: [], options };
    }
    return identityVariables.length === 0
        ? { variables: [], options: {} }
        : { variables: identityVariables, options: { volume: readable(IDENTITY_DIRECTORY) } };
}

function readable(directory: string): string {
    return `${directory}:${directory}:ro`;
}
