import * as fs from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";
import { withConfigSection, withSettingsTables } from "./config-schema";

/** A file of which a part is made from the settings' schema. */
export interface GeneratedFile {
    /** Path from the root of the project. */
    readonly file: string;
    readonly current: string;
    /** What it should be. */
    readonly generated: string;
}

const generators: Readonly<Record<string, (current: string) => string>> = {
    "Pulumi.yaml": withConfigSection,
    "README.md": (current) => withSettingsTables(current, 3),
    "docs/settings.md": (current) => withSettingsTables(current, 2),
};

/**
 * The files that hold something generated, formatted as the project formats its files.
 *
 * @param root folder of the project
 */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
    return Promise.all(
        Object.entries(generators).map(async ([file, generator]) => {
            const filepath = path.join(root, file);
            const current = fs.readFileSync(filepath, "utf8");
            const options = await prettier.resolveConfig(filepath);
            const generated = await prettier.format(generator(current), { ...options, filepath });
            return { file, current, generated };
        }),
    );
}
