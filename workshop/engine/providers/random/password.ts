import { randomInt } from "node:crypto";

import { z } from "zod";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
/** The official provider's default special characters. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

const count = z.int().min(0).default(0);

/** Inputs of `random.RandomPassword`, with the official provider's defaults and rules. */
export const passwordInputs = z
    .strictObject({
        length: z.int().min(1),
        lower: z.boolean().default(true),
        upper: z.boolean().default(true),
        number: z.boolean().optional(),
        numeric: z.boolean().optional(),
        special: z.boolean().default(true),
        overrideSpecial: z.string().optional(),
        minLower: count,
        minUpper: count,
        minNumeric: count,
        minSpecial: count,
        keepers: z.record(z.string(), z.unknown()).optional(),
    })
    .transform(({ number, numeric, ...rest }) => {
        const digits = numeric ?? number ?? true;
        return { ...rest, number: digits, numeric: digits };
    })
    .refine((inputs) => inputs.length >= minimumLength(inputs), {
        path: ["length"],
        message: "must be at least minUpper + minLower + minNumeric + minSpecial",
    })
    .refine((inputs) => alphabet(inputs) !== "", {
        path: ["special"],
        message: "at least one of lower, upper, numeric and special must be true",
    });

export type PasswordInputs = z.output<typeof passwordInputs>;

type Minimums = Record<"minLower" | "minUpper" | "minNumeric" | "minSpecial", number>;

function minimumLength(inputs: Minimums): number {
    return inputs.minLower + inputs.minUpper + inputs.minNumeric + inputs.minSpecial;
}

function specialCharacters(inputs: Pick<Classes, "overrideSpecial">): string {
    return inputs.overrideSpecial || SPECIAL;
}

interface Classes {
    readonly lower: boolean;
    readonly upper: boolean;
    readonly numeric: boolean;
    readonly special: boolean;
    readonly overrideSpecial?: string;
}

function alphabet(inputs: Classes): string {
    return [
        inputs.lower ? LOWER : "",
        inputs.upper ? UPPER : "",
        inputs.numeric ? DIGITS : "",
        inputs.special ? specialCharacters(inputs) : "",
    ].join("");
}

/**
 * Makes a password by the inputs' rules from a cryptographic random number generator: at least the
 * minimum of each class (which, as in the official provider, counts even where the class is not
 * otherwise wanted), the rest from all wanted classes, in random order.
 */
export function generatePassword(inputs: PasswordInputs): string {
    const required: [string, number][] = [
        [LOWER, inputs.minLower],
        [UPPER, inputs.minUpper],
        [DIGITS, inputs.minNumeric],
        [specialCharacters(inputs), inputs.minSpecial],
        [alphabet(inputs), inputs.length - minimumLength(inputs)],
    ];
    const characters = required.flatMap(([from, times]) =>
        Array.from({ length: times }, () => from[randomInt(from.length)] ?? ""),
    );
    return shuffle(characters).join("");
}

/** Fisher and Yates' shuffle, in place. */
function shuffle(items: string[]): string[] {
    for (let last = items.length - 1; last > 0; last--) {
        const other = randomInt(last + 1);
        [items[last], items[other]] = [items[other] ?? "", items[last] ?? ""];
    }
    return items;
}
