import { StackUnderTest } from "./stack";

interface ExportedResource {
    readonly type: string;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Property names of the random provider's outputs that are the secret itself. */
const secretOutputs = ["result", "base64", "hex"];

/** The plain values of every secret that the stack generated: what must be found nowhere in plain. */
export async function generatedSecrets(stack: StackUnderTest): Promise<string[]> {
    const { stdout } = await stack.cli("stack", "export", "--show-secrets");
    const deployment = (
        JSON.parse(stdout) as { deployment: { resources: readonly ExportedResource[] } }
    ).deployment;
    return deployment.resources
        .filter(({ type }) => type.startsWith("random:index/"))
        .flatMap(({ outputs }) => secretOutputs.map((name) => plaintext(outputs?.[name])))
        .filter((value): value is string => value !== undefined);
}

/** `--show-secrets` leaves a secret as an object whose `plaintext` is the JSON of its value. */
function plaintext(value: unknown): string | undefined {
    if (typeof value === "string") {
        return value;
    }
    if (typeof value === "object" && value !== null && "plaintext" in value) {
        return JSON.parse(String(value.plaintext)) as string;
    }
    return undefined;
}

/** Which of the secrets occur in a text, as they are or in the forms that URLs and JSON give them. */
export function leaks(secrets: readonly string[], text: string): string[] {
    return secrets.filter((secret) =>
        [
            secret,
            encodeURIComponent(secret),
            JSON.stringify(secret).slice(1, -1),
            base64(secret),
        ].some((form) => text.includes(form)),
    );
}

function base64(text: string): string {
    return Buffer.from(text).toString("base64");
}
