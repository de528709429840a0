import { ConfigurationInputs } from "./inputs";

/** A configuration file of HySDS. */
export interface RenderedFile {
    /** Where the process that reads it looks for it. */
    readonly path: string;
    /** A pure function; what it returns may hold credentials. */
    readonly render: (inputs: ConfigurationInputs) => string;
}

export type RenderedFiles = Readonly<Record<string, RenderedFile>>;
