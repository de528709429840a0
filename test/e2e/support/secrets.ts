import { StackUnderTest } from "./stack";

/** A resource as `pulumi stack export` has it. */
export interface ExportedResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Property names of the random provider's outputs that are the secret itself. */
const secretOutputs = ["result", "base64", "hex"];

/** What the stack's state holds, secrets in plain. */
export async function exportedResources(stack: StackUnderTest): Promise<ExportedResource[]> {
    const { stdout } = await stack.cli("stack", "export", "--show-secrets");
    const exported = JSON.parse(stdout) as { deployment: { resources?: ExportedResource[] } };
    return exported.deployment.resources ?? [];
}

/** The plain values of every secret that the stack generated: what must be found nowhere in plain. */
export async function generatedSecrets(stack: StackUnderTest): Promise<string[]> {
    const resources = await exportedResources(stack);
    return resources
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

/** Which of the secrets occur in a text, as they are or in the forms that URLs, JSON and base64 give them. */
export function leaks(secrets: readonly string[], text: string): string[] {
    return secrets.filter((secret) =>
        [
            secret,
            encodeURIComponent(secret),
            JSON.stringify(secret).slice(1, -1),
            Buffer.from(secret).toString("base64"),
        ].some((form) => text.includes(form)),
    );
}
