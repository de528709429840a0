import { describe, expect, it } from "vitest";
import { imageFile, lockedDirectories } from "./support";

interface Pin {
    readonly requirement: string;
    readonly hashes: number;
}

function pins(lock: string): Pin[] {
    return lock
        .replaceAll("\\\n", " ")
        .split("\n")
        .filter((line) => line.trim() !== "" && !line.startsWith("#"))
        .map((line) => ({
            requirement: line.split(/\s/)[0] ?? "",
            hashes: line.match(/--hash=sha256:[0-9a-f]{64}(?= |$)/g)?.length ?? 0,
        }));
}

const nameOf = (requirement: string): string =>
    (/^[\w.-]+/.exec(requirement)?.[0] ?? "").toLowerCase().replaceAll(/[_.]/g, "-");

const locks = [
    ["base", "build-requirements"],
    ...lockedDirectories().map((image) => [image, "requirements"]),
] as [string, string][];

describe.each(locks)("the lock of %s/%s", (image, file) => {
    const locked = pins(imageFile(image, `${file}.txt`));

    it("pins one version of each library, with hashes", () => {
        for (const { requirement, hashes } of locked) {
            expect(requirement).toMatch(/^[a-z0-9-]+==[\w.]+$/);
            expect(hashes, requirement).toBeGreaterThan(0);
        }
        const names = locked.map(({ requirement }) => nameOf(requirement));
        expect(new Set(names).size).toBe(names.length);
    });

    it("has every library that is asked for", () => {
        const asked = imageFile(image, `${file}.in`)
            .split("\n")
            .filter((line) => /^\w/.test(line))
            .map(nameOf);
        const names = locked.map(({ requirement }) => nameOf(requirement));
        expect(asked.filter((name) => !names.includes(name))).toEqual([]);
    });
});

describe("the locks together", () => {
    const base = pins(imageFile("base", "requirements.txt")).map((each) => each.requirement);

    // An older release that its own requirements insist on.
    const differing: Record<string, string[]> = { pele: ["bcrypt", "pyjwt"] };

    it.each(lockedDirectories().filter((image) => image !== "base"))(
        "%s has base's versions, so that its layer holds only what it adds",
        (image) => {
            const own = pins(imageFile(image, "requirements.txt")).map((each) => each.requirement);
            const missing = base.filter((requirement) => !own.includes(requirement)).map(nameOf);
            expect(missing).toEqual(differing[image] ?? []);
        },
    );

    it("have a search client that answers to servers other than Elastic's", () => {
        const client = base.find((each) => nameOf(each) === "elasticsearch");
        expect(client).toMatch(/==7\.(\d|1[0-3])\./);
    });
});
