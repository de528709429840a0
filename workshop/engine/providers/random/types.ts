import { randomBytes } from "node:crypto";

import { hash } from "bcryptjs";
import { z } from "zod";

import { generatePassword, passwordInputs } from "./password";
import { secret, type WireProperties } from "./wire";

/** Rounds of the official provider's `bcryptHash`. */
const BCRYPT_COST = 10;

/** A resource type of the random provider. */
export interface RandomType {
    /** Checks inputs and adds defaults. */
    readonly inputs: z.ZodType<WireProperties, unknown>;
    /** Names of the inputs; a change of any of them makes a new value. */
    readonly inputNames: readonly string[];
    /** The generated outputs, marked as secrets, for inputs that passed the check. */
    generate(inputs: unknown): Promise<WireProperties>;
}

const bytesInputs = z.strictObject({
    length: z.int().min(1),
    keepers: z.record(z.string(), z.unknown()).optional(),
});

const randomPassword: RandomType = {
    inputs: passwordInputs,
    inputNames: [
        "length",
        "lower",
        "upper",
        "number",
        "numeric",
        "special",
        "overrideSpecial",
        "minLower",
        "minUpper",
        "minNumeric",
        "minSpecial",
        "keepers",
    ],
    async generate(inputs) {
        const password = generatePassword(passwordInputs.parse(inputs));
        return {
            result: secret(password),
            bcryptHash: secret(await hash(password, BCRYPT_COST)),
        };
    },
};

const randomBytesType: RandomType = {
    inputs: bytesInputs,
    inputNames: ["length", "keepers"],
    generate(inputs) {
        const bytes = randomBytes(bytesInputs.parse(inputs).length);
        return Promise.resolve({
            base64: secret(bytes.toString("base64")),
            hex: secret(bytes.toString("hex")),
        });
    },
};

/** The types this provider knows, by token. */
export const RANDOM_TYPES: ReadonlyMap<string, RandomType> = new Map([
    ["random:index/randomPassword:RandomPassword", randomPassword],
    ["random:index/randomBytes:RandomBytes", randomBytesType],
]);
