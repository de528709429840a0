import * as fs from "node:fs";
import { EXIT, OperationsError } from "../errors";
import { readText } from "../files";

type Parameters = Record<string, unknown>;

/**
 * Parameters of a job as the command line gives them, later ones over earlier ones: a file with a JSON object, or
 * `KEY=VALUE`, where VALUE is JSON if it can be read so, and a text otherwise.
 *
 * @throws OperationsError (wrong usage) when something is neither
 */
export async function jobParameters(given: readonly string[]): Promise<Parameters> {
    const parts = await Promise.all(given.map(parametersOf));
    return Object.assign({}, ...parts) as Parameters;
}

async function parametersOf(given: string): Promise<Parameters> {
    const equals = given.indexOf("=");
    if (equals > 0 && !fs.existsSync(given)) {
        return { [given.slice(0, equals)]: valueOf(given.slice(equals + 1)) };
    }
    const content = valueOf(await readText(given));
    if (typeof content !== "object" || content === null || Array.isArray(content)) {
        throw new OperationsError(`--params ${given}: the file must have a JSON object`, {
            exitCode: EXIT.usage,
        });
    }
    return content as Parameters;
}

function valueOf(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}
