import * as fs from "node:fs";
import * as path from "node:path";
import { describeArchitecture } from "./architecture/describe";
import { drawArchitecture } from "./architecture/draw";
import { Evaluation } from "./evaluation";
import { renderManifests, writeManifests } from "./manifests";
import { report } from "./report";

/** What is left behind of a plan, and what is printed. */
export interface Plan {
    readonly manifests: readonly string[];
    /** SVG. */
    readonly picture: string;
    readonly text: string;
}

/**
 * Writes what a stack is made of: its Kubernetes manifests with secrets masked to `<directory>/manifests`, a picture of
 * its architecture to `<directory>/architecture.svg`.
 */
export async function writePlan(evaluation: Evaluation, directory: string): Promise<Plan> {
    const folder = path.join(directory, "manifests");
    const manifests = writeManifests(renderManifests(evaluation), folder);
    const picture = path.join(directory, "architecture.svg");
    fs.writeFileSync(picture, await drawArchitecture(describeArchitecture(evaluation)));
    const text = [
        report(evaluation),
        "",
        `${manifests.length} Kubernetes manifests: ${folder}`,
        `Picture of the architecture: ${picture}`,
    ].join("\n");
    return { manifests, picture, text };
}
