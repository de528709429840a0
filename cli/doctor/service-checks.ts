import { X509Certificate } from "node:crypto";
import { CoreV1Api, V1Secret } from "@kubernetes/client-node";
import { Check } from "./check";

/** Whether the REST APIs answer. */
export const restApis: Check = {
    name: "REST APIs",
    fix: 'see "hysds-ops logs mozart" and "hysds-ops logs grq"',
    async look({ installation }, findings) {
        const asked: string[] = [];
        for (const { name, alivePath } of installation.services) {
            if (alivePath !== undefined) {
                const service = await installation.http(name);
                await service.request("GET", alivePath);
                asked.push(name);
            }
        }
        if (asked.length === 0) {
            findings.skipped("the stack was brought up by a program that does not say what to ask");
        } else {
            findings.ok(`${asked.join(", ")} answer`);
        }
    },
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days: Let's Encrypt's certificates are renewed at 30 by default, so fewer mean that something is in the way. */
const LEFT = { warning: 21, problem: 7 } as const;

/** How long the certificates in the cluster are good for; those of AWS renew themselves. */
export const certificates: Check = {
    name: "certificates",
    fix: "ask an administrator of the cluster for the right to list Secrets",
    async look({ installation: { kubernetes, namespaces } }, findings) {
        const { items } = await kubernetes.makeApiClient(CoreV1Api).listNamespacedSecret({
            namespace: namespaces.services,
            fieldSelector: "type=kubernetes.io/tls",
        });
        for (const secret of items) {
            const name = secret.metadata?.name ?? "";
            const days = Math.floor((expiry(secret) - Date.now()) / DAY_MS);
            const message = days < 0 ? `${name} has expired` : `${name} expires in ${days} days`;
            const fix = `kubectl --namespace ${namespaces.services} describe certificate ${name}`;
            if (days < LEFT.problem) {
                findings.problem(message, fix);
            } else if (days < LEFT.warning) {
                findings.warning(message, fix);
            } else {
                findings.ok(message);
            }
        }
        if (items.length === 0) {
            findings.skipped("none is kept in the cluster");
        }
    },
};

function expiry({ data }: V1Secret): number {
    const pem = Buffer.from(data?.["tls.crt"] ?? "", "base64");
    return new Date(new X509Certificate(pem).validTo).getTime();
}
