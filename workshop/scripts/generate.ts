import * as fs from "node:fs";
import * as path from "node:path";
import { generatedFiles } from "./generated-files";

const root = path.resolve(__dirname, "../..");

async function generate(): Promise<void> {
    for (const { file, current, generated } of await generatedFiles(root)) {
        const isStale = current !== generated;
        if (isStale) {
            fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
            fs.writeFileSync(path.join(root, file), generated);
        }
        console.log(`${file}: ${isStale ? "written" : "up to date"}`);
    }
}

void generate();
