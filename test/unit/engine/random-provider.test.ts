import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
    generatePassword,
    passwordInputs,
} from "../../../workshop/engine/providers/random/password";
import { RandomProvider } from "../../../workshop/engine/providers/random/provider";
import { plain, secret, type WireProperties } from "../../../workshop/engine/providers/random/wire";

const provider = new RandomProvider("1.2.3");
const urn = (type: string): string => `urn:pulumi:dev::project::parent:type:P$${type}::name`;
const PASSWORD = urn("random:index/randomPassword:RandomPassword");
const BYTES = urn("random:index/randomBytes:RandomBytes");

const counted = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

const anyInputs = fc
    .record({
        lower: fc.boolean(),
        upper: fc.boolean(),
        numeric: fc.boolean(),
        minLower: fc.nat(4),
        minUpper: fc.nat(4),
        minNumeric: fc.nat(4),
        minSpecial: fc.nat(4),
        extra: fc.nat(40),
        overrideSpecial: fc.constantFrom(undefined, "-_", "!"),
    })
    .map(({ extra, ...rest }) => {
        const minimum = rest.minLower + rest.minUpper + rest.minNumeric + rest.minSpecial;
        return { ...rest, length: minimum + extra + 1 };
    });

describe("passwords", () => {
    it("have the length, the minimum of each class, and only characters that are wanted", () => {
        fc.assert(
            fc.property(anyInputs, (given) => {
                const inputs = passwordInputs.parse(given);
                const password = generatePassword(inputs);
                const special = counted(password, /[^a-zA-Z0-9]/g);
                expect(password).toHaveLength(inputs.length);
                expect(counted(password, /[a-z]/g)).toBeGreaterThanOrEqual(inputs.minLower);
                expect(counted(password, /[A-Z]/g)).toBeGreaterThanOrEqual(inputs.minUpper);
                expect(counted(password, /[0-9]/g)).toBeGreaterThanOrEqual(inputs.minNumeric);
                expect(special).toBeGreaterThanOrEqual(inputs.minSpecial);
                if (!inputs.upper) {
                    expect(counted(password, /[A-Z]/g)).toBe(inputs.minUpper);
                }
                const allowed = inputs.overrideSpecial ?? "!@#$%&*()-_=+[]{}<>:?";
                const others = password.replace(/[a-zA-Z0-9]/g, "");
                expect([...others].every((character) => allowed.includes(character))).toBe(true);
            }),
        );
    });

    it("are not made twice", () => {
        const inputs = passwordInputs.parse({ length: 32 });
        const made = new Set(Array.from({ length: 200 }, () => generatePassword(inputs)));
        expect(made.size).toBe(200);
    });
});

describe("the provider", () => {
    const check = (news: WireProperties): ReturnType<RandomProvider["check"]> =>
        provider.check(PASSWORD, {}, news);

    it.each([
        [{}, "length"],
        [{ length: 0 }, "length"],
        [{ length: 3, minUpper: 2, minLower: 2 }, "length"],
        [{ length: 8, lower: false, upper: false, numeric: false, special: false }, "special"],
        [{ length: 8, colour: "red" }, "unrecognized_keys"],
    ])("refuses the inputs %o", async (news, property) => {
        const { failures } = await check(news);
        expect(failures?.map((failure) => failure.property)).toEqual([property]);
    });

    it("adds the defaults, and leaves what a preview does not know", async () => {
        expect((await check({ length: 8 })).inputs).toMatchObject({ special: true, minUpper: 0 });
        const unknown = { length: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
        expect(await check(unknown)).toEqual({ inputs: unknown });
    });

    it("replaces on a change of any input, keepers included, and on nothing else", async () => {
        const { inputs } = (await check({ length: 8, keepers: { a: "1" } })) as {
            inputs: WireProperties;
        };
        const { outs } = (await provider.create(PASSWORD, inputs)) as { outs: WireProperties };
        const diff = async (news: WireProperties): Promise<unknown> =>
            provider.diff("none", PASSWORD, outs, { ...inputs, ...news });
        expect(await diff({})).toEqual({ changes: false, replaces: [] });
        expect(await diff({ length: 9 })).toEqual({ changes: true, replaces: ["length"] });
        expect(await diff({ keepers: { a: "2" } })).toMatchObject({ replaces: ["keepers"] });
        expect(await diff({ keepers: secret({ a: "1" }) })).toMatchObject({ changes: false });
        expect(await provider.read("none", PASSWORD, outs)).toEqual({
            id: "none",
            props: outs,
            inputs,
        });
    });

    it("marks everything it generates as secret", async () => {
        for (const [type, names] of [
            [PASSWORD, ["result", "bcryptHash"]],
            [BYTES, ["base64", "hex"]],
        ] as const) {
            const { outs } = (await provider.create(type, { length: 16 })) as {
                outs: WireProperties;
            };
            names.forEach((name) => expect(outs[name]).toEqual(secret(plain(outs[name]))));
        }
    });

    it("gives the same bytes in both notations", async () => {
        const { outs } = (await provider.create(BYTES, { length: 24 })) as { outs: WireProperties };
        const bytes = Buffer.from(String(plain(outs["hex"])), "hex");
        expect(bytes).toHaveLength(24);
        expect(plain(outs["base64"])).toBe(bytes.toString("base64"));
    });

    it("refuses types it does not know, and imports", () => {
        const pet = urn("random:index/randomPet:RandomPet");
        expect(() => provider.check(pet, {}, {})).toThrow(/RandomPet is not known/);
        expect(() => provider.read("secret", PASSWORD, {})).toThrow(/cannot be imported/);
    });
});
