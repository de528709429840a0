import { Config } from "@pulumi/pulumi";
import defaults from "../facts/defaults.json";
import { texts } from "../setting";

/** Namespaces whose pods run containers of their own, and so need rights that others do not. */
export const privilegedNamespaces = texts(
    "Namespaces whose pods are excepted, beside hysds:jobsNamespace: they start the containers of jobs.",
    [],
);

/** Whether pods of a namespace may be privileged: that of the stack's job workers, and those that a rule excepts. */
export function isPrivileged(namespace: string | undefined, excepted: readonly string[]): boolean {
    const ofJobs = new Config("hysds").get("jobsNamespace") ?? defaults.jobsNamespace;
    return namespace !== undefined && [ofJobs, ...excepted].includes(namespace);
}
