import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import type { Values } from "../schema";
import { where } from "./stores";

const MANAGED = where("search", "aws");

/** Keys about the program that signs requests to OpenSearch Service. */
export const keys = topicKeys("Search", {
    signingProxy: key(z.enum(["aws-es-proxy", "aws-sigv4-proxy"]), {
        default: "aws-sigv4-proxy",
        description: "Program that signs requests to the domains.",
        requires: MANAGED,
    }),
    signingProxyReplicas: key(z.int().min(1).max(20), {
        default: 2,
        description: "Signing proxies for each domain.",
        requires: MANAGED,
    }),
    signingProxyTimeoutSeconds: key(z.int().min(15).max(3600), {
        default: 300,
        description:
            "How long one request to a domain may take, seconds. aws-sigv4-proxy sets no limit.",
        requires: MANAGED.map((managed) => ({ ...managed, signingProxy: "aws-es-proxy" })),
    }),
});

/** The signing proxies; `replicas` are those of each domain. */
export type SigningProxySettings = Fields<"signingProxy", typeof keys> & {
    readonly implementation: Values["signingProxy"];
};

/** The signing proxies as their keys have them. */
export function signingProxySettings(values: Values): SigningProxySettings {
    return { implementation: values.signingProxy, ...fields(values, "signingProxy", keys) };
}
