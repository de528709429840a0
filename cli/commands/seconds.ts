import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number of seconds. */
export function seconds(text: string): number {
    if (!/^\d+$/.test(text)) {
        throw new InvalidArgumentError("It must be a whole number of seconds.");
    }
    return Number(text);
}
