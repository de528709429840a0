import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { keys } from "../../../components/settings/schema";
import {
    markers,
    settingsOverview,
    settingsPage,
    withSettingsOverview,
} from "../../../workshop/scripts/config-schema";
import { generatedFiles } from "../../../workshop/scripts/generated-files";

const root = path.resolve(__dirname, "../../..");

interface Declaration {
    readonly type?: string;
    readonly items?: { readonly type: string };
    readonly default?: unknown;
    readonly secret?: boolean;
}

const { config } = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
    config: Record<string, Declaration>;
};

describe("generated files", () => {
    it("are up to date; otherwise: npm run generate", async () => {
        const stale = (await generatedFiles(root)).filter(
            (file) => file.current !== file.generated,
        );
        expect(stale.map(({ file }) => file)).toEqual([]);
    });
});

describe("Pulumi.yaml", () => {
    it("declares every key", () => {
        expect(Object.keys(config)).toEqual(keys);
    });

    it.each(Object.entries(config))("lets a stack leave out %s", (_, declaration) => {
        expect(declaration.default).toBeDefined();
        // The engine refuses a typed secret that is not encrypted, and a default never is.
        expect(declaration.secret && declaration.type).toBeFalsy();
    });

    it.each(Object.entries(config).filter(([, { type }]) => type === "array"))(
        "says what %s is a list of",
        (_, { items }) => {
            expect(["string", "object"]).toContain(items?.type);
        },
    );
});

describe("settings in a Markdown file", () => {
    it("stand between the markers, and the rest is kept", () => {
        const text = `before\n${markers.begin}\nstale text\n${markers.end}\nafter`;
        const once = withSettingsOverview(text);
        expect(once).toContain(settingsOverview());
        expect(once.startsWith(`before\n${markers.begin}\n`)).toBe(true);
        expect(once.endsWith(`${markers.end}\nafter`)).toBe(true);
        expect(once).not.toContain("stale text");
        expect(withSettingsOverview(once)).toBe(once);
    });

    it("have a row for every key", () => {
        keys.forEach((key) => expect(settingsPage()).toContain(`| \`${key}\` |`));
        keys.forEach((key) => expect(settingsOverview()).toContain(`\`${key}\``));
    });

    it("are left out without markers", () => {
        expect(withSettingsOverview("text")).toBe("text");
    });

    it("need both markers", () => {
        expect(() => withSettingsOverview(markers.begin)).toThrow("belong together");
        expect(() => withSettingsOverview(markers.end + markers.begin)).toThrow("belong together");
    });
});
