/**
 * Calls an HTTP API that speaks JSON.
 *
 * @returns undefined for 404
 * @throws Error for any other refusal
 */
export async function callJson<Answer>(
    url: string,
    method = "GET",
    body?: unknown,
    authorization?: string,
): Promise<Answer | undefined> {
    const response = await fetch(url, {
        method,
        headers: {
            "Content-Type": "application/json",
            ...(authorization ? { Authorization: authorization } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 404) {
        return undefined;
    }
    if (!response.ok) {
        throw new Error(`${method} ${url}: ${response.status}: ${text}`);
    }
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
}
