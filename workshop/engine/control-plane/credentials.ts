import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";

import { stringify } from "yaml";

import { replaceFile } from "../files";
import { componentKubeconfig, type Layout } from "./layout";

/** Name of the context, cluster and user in the kubeconfig. */
export const CONTEXT_NAME = "hysds-embedded";

/** Who may call the API server: user name, and groups that RBAC's bootstrap roles are bound to. */
const CLIENTS = [
    { name: "admin", user: "hysds-admin", groups: "system:masters" },
    { name: "kwok", user: "kwok", groups: "system:masters" },
    { name: "kube-controller-manager", user: "system:kube-controller-manager", groups: "" },
    { name: "kube-scheduler", user: "system:kube-scheduler", groups: "" },
] as const;

export type ClientName = (typeof CLIENTS)[number]["name"];

/** Tokens of the API server's clients. */
export type Tokens = Readonly<Record<ClientName, string>>;

/**
 * Makes the token file and the service account key pair, or reads those of an earlier start, so
 * that a kubeconfig stays valid from one start to the next.
 */
export function ensureCredentials(layout: Layout): Tokens {
    mkdirSync(layout.pki, { recursive: true, mode: 0o700 });
    if (!existsSync(layout.serviceAccountPublicKey)) {
        const pair = generateKeyPairSync("rsa", {
            modulusLength: 2048,
            privateKeyEncoding: { type: "pkcs1", format: "pem" },
            publicKeyEncoding: { type: "spki", format: "pem" },
        });
        replaceFile(layout.serviceAccountKey, pair.privateKey);
        replaceFile(layout.serviceAccountPublicKey, pair.publicKey);
    }
    if (!existsSync(layout.tokens)) {
        const lines = CLIENTS.map(({ user, groups }) => {
            const token = randomBytes(32).toString("hex");
            return `${token},${user},${user},"${groups}"\n`;
        });
        replaceFile(layout.tokens, lines.join(""));
    }
    const tokens = readFileSync(layout.tokens, "utf8").split("\n");
    const entries = CLIENTS.map(({ name }, index) => [name, tokens[index]?.split(",")[0] ?? ""]);
    return Object.fromEntries(entries) as Tokens;
}

/**
 * Removes the API server's certificate and key unless they are a pair: it makes a new pair where
 * there is none, and refuses to start where it was killed, or the disk was full, between the two.
 */
export function discardBrokenCertificate(layout: Layout): void {
    if (!isPair(layout.servingCertificate, layout.servingKey)) {
        rmSync(layout.servingCertificate, { force: true });
        rmSync(layout.servingKey, { force: true });
    }
}

function isPair(certificate: string, key: string): boolean {
    try {
        const privateKey = createPrivateKey(readFileSync(key));
        return new X509Certificate(readFileSync(certificate)).checkPrivateKey(privateKey);
    } catch {
        return false;
    }
}

/** How a kubeconfig names the API server's certificate: by path, or with its content embedded. */
export type Authority = { readonly file: string } | { readonly content: string };

/** The text of a kubeconfig for one client of the API server. */
export function renderKubeconfig(serverUrl: string, token: string, authority: Authority): string {
    const certificate =
        "file" in authority
            ? { "certificate-authority": authority.file }
            : {
                  "certificate-authority-data": Buffer.from(authority.content).toString("base64"),
              };
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": CONTEXT_NAME,
        clusters: [{ name: CONTEXT_NAME, cluster: { server: serverUrl, ...certificate } }],
        users: [{ name: CONTEXT_NAME, user: { token } }],
        contexts: [{ name: CONTEXT_NAME, context: { cluster: CONTEXT_NAME, user: CONTEXT_NAME } }],
    });
}

/** Writes the kubeconfigs of the components, which read the certificate when they start. */
export function writeComponentKubeconfigs(layout: Layout, serverUrl: string, tokens: Tokens): void {
    const authority = { file: layout.servingCertificate };
    for (const name of ["kwok", "kube-controller-manager", "kube-scheduler"] as const) {
        const text = renderKubeconfig(serverUrl, tokens[name], authority);
        replaceFile(componentKubeconfig(layout, name), text);
    }
}

/** Writes the user's kubeconfig; the API server must have made its certificate by then. */
export function writeUserKubeconfig(layout: Layout, serverUrl: string, tokens: Tokens): void {
    const authority = { content: readFileSync(layout.servingCertificate, "utf8") };
    const text = renderKubeconfig(serverUrl, tokens.admin, authority);
    replaceFile(layout.kubeconfig, text);
}
