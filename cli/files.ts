import * as fs from "node:fs/promises";
import { EXIT, OperationsError, oneLine } from "./errors";

/**
 * The text of a file that a command line names.
 *
 * @throws OperationsError (wrong usage) when it cannot be read
 */
export async function readText(file: string): Promise<string> {
    try {
        return await fs.readFile(file, "utf8");
    } catch (failure) {
        const why = `${file} cannot be read: ${oneLine(failure)}`;
        throw new OperationsError(why, { cause: failure, exitCode: EXIT.usage });
    }
}
