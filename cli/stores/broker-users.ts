import { randomInt } from "node:crypto";
import { OperationsError } from "../errors";
import { HttpClient, isNotFound } from "../http-client";
import { Installation } from "../installation";
import { VIRTUAL_HOST } from "./queues";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const PASSWORD_LENGTH = 40;

/**
 * Makes an administrator of the broker that may do all that HySDS does, and returns its password, which is generated.
 * The users that there are stay as they are.
 *
 * @throws OperationsError when there is such a user, whose password pods may be using
 */
export async function createBrokerUser(installation: Installation, name: string): Promise<string> {
    const rabbitmq = await installation.http("rabbitmq");
    if (await exists(rabbitmq, name)) {
        throw new OperationsError(
            `the broker has a user ${name}, whose password stays as it is: choose another name`,
        );
    }
    const password = generatePassword();
    const user = encodeURIComponent(name);
    await rabbitmq.request("PUT", `/api/users/${user}`, {
        json: { password, tags: "administrator" },
    });
    await rabbitmq.request("PUT", `/api/permissions/${VIRTUAL_HOST}/${user}`, {
        json: { configure: ".*", write: ".*", read: ".*" },
    });
    return password;
}

/**
 * Deletes a user of the broker.
 *
 * @throws OperationsError when HySDS connects as this user, or when there is none
 */
export async function deleteBrokerUser(installation: Installation, name: string): Promise<void> {
    const rabbitmq = await installation.http("rabbitmq");
    const self = await rabbitmq.request<{ readonly name: string }>("GET", "/api/whoami");
    if (self.name === name) {
        throw new OperationsError(
            `HySDS connects as ${name}: set hysds:rabbitmqUsername and hysds:rabbitmqPassword to another user and run "pulumi up" first`,
        );
    }
    const connected = await connections(rabbitmq, name);
    if (connected > 0) {
        throw new OperationsError(
            `${connected} connections are open as ${name}: wait until their pods have ended (kubectl get pods -A)`,
        );
    }
    await rabbitmq.request("DELETE", `/api/users/${encodeURIComponent(name)}`);
}

async function exists(rabbitmq: HttpClient, name: string): Promise<boolean> {
    try {
        await rabbitmq.request("GET", `/api/users/${encodeURIComponent(name)}`);
        return true;
    } catch (failure) {
        if (isNotFound(failure)) {
            return false;
        }
        throw failure;
    }
}

async function connections(rabbitmq: HttpClient, name: string): Promise<number> {
    const open = await rabbitmq.request<readonly { readonly user?: string }[]>(
        "GET",
        "/api/connections",
        { query: { columns: "user" } },
    );
    return open.filter(({ user }) => user === name).length;
}

function generatePassword(): string {
    return Array.from({ length: PASSWORD_LENGTH }, () =>
        LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length)),
    ).join("");
}
