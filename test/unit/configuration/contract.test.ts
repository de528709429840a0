import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigurationFile, renderConfiguration } from "../../../components/hysds/configuration";
import { parseContract } from "../../../workshop/scripts/support/contract";
import { EVERY_DATASET_KEY, managed, variants } from "./support/inputs";
import { pythonAssignments } from "./support/python";

const docs = join(__dirname, "../../../docs");
const contract = parseContract(readFileSync(join(docs, "hysds-contract.yaml"), "utf8"));

/** `a.b[].c` for every key of a JSON value. */
function keyPaths(value: unknown, prefix = ""): string[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => keyPaths(item, `${prefix}[]`));
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, item]) => {
        const path = prefix === "" ? key : `${prefix}.${key}`;
        return [path, ...keyPaths(item, path)];
    });
}

function suppliedKeys(file: string, text: string): string[] {
    if (file.endsWith(".json")) {
        return keyPaths(JSON.parse(text));
    }
    if (file.startsWith("netrc")) {
        return [...text.matchAll(/^(default|machine) /gm)].map(([, keyword]) => keyword ?? "");
    }
    return Object.keys(pythonAssignments(text));
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}

describe("the contract with HySDS", () => {
    const rendered = renderConfiguration({ ...managed(), datasets: [EVERY_DATASET_KEY] });
    const files = contract.files.filter(({ file }) => file in rendered);

    it("covers every file that HySDS's own code reads", () => {
        const others = Object.keys(rendered).filter(
            (file) => !files.some((one) => one.file === file),
        );
        expect(others.filter((file) => !/logstash|kibana|dashboards|hysds-ui/.test(file))).toEqual(
            [],
        );
    });

    it.each(files.map(({ file, rows }) => [file, rows] as const))(
        "%s supplies exactly the keys that are read",
        (file, rows) => {
            const read = rows.filter(({ status }) => status === "supplied").map(({ key }) => key);
            const supplied = suppliedKeys(file, rendered[file as ConfigurationFile]);
            expect(unique(supplied)).toEqual(unique(read));
        },
    );

    it.each(variants)("%s has the same Python keys as any other", (_name, inputs) => {
        const variant = renderConfiguration(inputs);
        for (const { file } of files.filter((one) => /\.(py|cfg)$/.test(one.file))) {
            const name = file as ConfigurationFile;
            expect(suppliedKeys(file, variant[name])).toEqual(suppliedKeys(file, rendered[name]));
        }
    });

    it("gives each key once, its source among the versions read, and a reason where nobody supplies it", () => {
        for (const { file, rows } of contract.files) {
            expect(unique(rows.map(({ key }) => key)), file).toHaveLength(rows.length);
            for (const { key, source, status, why } of rows) {
                expect(Object.keys(contract.sources), key).toContain(source.split(" ")[0]);
                expect(why !== undefined, key).toBe(["unreached", "derived"].includes(status));
            }
        }
    });
});
