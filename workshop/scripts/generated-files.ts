import * as fs from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";
import { renderUiConfiguration } from "../../components/hysds/configuration/ui";
import { describeArchitecture } from "../plan/architecture/describe";
import { drawArchitecture } from "../plan/architecture/draw";
import { evaluateStack } from "../plan/evaluate";
import { environments } from "../../policy/rule";
import { withAlarmTables } from "./alarm-tables";
import { settingsPage, withConfigSection, withSettingsOverview } from "./config-schema";
import { contractFacts } from "./contract-facts";
import { withCostTable } from "./cost-table";
import { withImageTable } from "./image-table";
import {
    defaultsFile,
    environmentFile,
    imagesFile,
    supportFile,
    withPolicyTables,
} from "./policy-files";
import { withQuotaTable } from "./quota-table";
import { parseContract, renderContract } from "./support/contract";
import { withVersionTable } from "./version-table";

/** A file that is made, whole or in part, from something else in the project. */
export interface GeneratedFile {
    /** Path from the root of the project. */
    readonly file: string;
    /** Empty where there is none yet. */
    readonly current: string;
    /** What it should be. */
    readonly generated: string;
}

type Generator = (current: string, root: string) => string | Promise<string>;

const generators: Readonly<Record<string, Generator>> = {
    "Pulumi.yaml": withConfigSection,
    "README.md": (current) => withCostTable(withSettingsOverview(current)),
    "contract/facts.json": contractFacts,
    "docs/aws.md": withQuotaTable,
    "docs/hysds-contract.md": (_, root) =>
        renderContract(parseContract(read(path.join(root, "docs/hysds-contract.yaml")))),
    "docs/images.md": (current) => withImageTable(withVersionTable(current)),
    "docs/observability.md": withAlarmTables,
    "docs/policies.md": withPolicyTables,
    "docs/settings.md": settingsPage,
    "images/hysds-ui/config/index.js": renderUiConfiguration,
    "policy/facts/defaults.json": defaultsFile,
    "policy/facts/images.json": imagesFile,
    "policy/facts/support.json": supportFile,
    ...Object.fromEntries(
        environments.map((environment) => [
            `policy/environments/${environment}.json`,
            () => environmentFile(environment),
        ]),
    ),
    "docs/architecture-dev.svg": async () =>
        drawArchitecture(describeArchitecture(await evaluateStack("dev"))),
};

function read(file: string): string {
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/**
 * The files that hold something generated, formatted as the project formats its files.
 *
 * @param root folder of the project
 */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
    return Promise.all(
        Object.entries(generators).map(async ([file, generator]) => {
            const filepath = path.join(root, file);
            const current = read(filepath);
            const generated = await generator(current, root);
            const { inferredParser } = await prettier.getFileInfo(filepath);
            if (inferredParser === null) {
                return { file, current, generated };
            }
            const options = await prettier.resolveConfig(filepath);
            return {
                file,
                current,
                generated: await prettier.format(generated, { ...options, filepath }),
            };
        }),
    );
}
