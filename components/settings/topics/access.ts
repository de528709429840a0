import { z } from "zod";
import { network } from "../cidr";
import { example } from "../describe";
import { given, key, optional, topicKeys } from "../key";
import { certificateArn as certificateName } from "../limits/arns";
import { dnsSubdomain, domainName } from "../limits/kubernetes-names";
import { Finding, refuse, Rule, rule, RuleContext, set } from "../rule";
import type { Values } from "../schema";
import type { Settings } from "../settings";
import { CidrList, cidrRules, placeholders } from "./cidr-lists";
import { ON_AWS } from "./general";
import { inPartition, partitionOf } from "./partition";

const CLIENTS: CidrList = { key: "ingressAllowedCidrs", versions: [4, 6], example: "10.0.0.0/8" };

const LOAD_BALANCED = [
    { ingress: ["load-balancer", "ingress"] },
    { mozartLoadBalancer: true },
] as const;

/** Keys about how people reach HySDS. */
export const keys = topicKeys("Access", {
    ingress: key(z.enum(["none", "load-balancer", "ingress"]), {
        default: "load-balancer",
        description:
            "How people reach the REST APIs, the dashboards and Flower: kubectl port-forward only, a Service of type LoadBalancer, or an Ingress.",
    }),
    ingressScheme: key(z.enum(["internal", "internet-facing"]), {
        default: "internal",
        description: "Whether load balancers have private or public addresses.",
        requires: [
            { ...ON_AWS, ingress: "load-balancer" },
            { ...ON_AWS, mozartLoadBalancer: true },
            { ingress: "ingress", ingressClass: "alb" },
        ],
    }),
    ingressAllowedCidrs: key(z.array(z.string()), {
        default: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
        description: "Who may reach the load balancers.",
        allowed: "IPv4 or IPv6 networks",
        example: CLIENTS.example,
        requires: LOAD_BALANCED,
    }),
    domain: key(optional(domainName), {
        default: "",
        description: "Host name of this installation. DNS for it is yours to set.",
        allowed: "empty, or a fully qualified domain name",
        example: "hysds.example.org",
        requires: [{ ingress: ["load-balancer", "ingress"] }, { tls: ["acm", "cert-manager"] }],
    }),
    tls: key(z.enum(["none", "acm", "cert-manager"]), {
        default: "none",
        description:
            "Where the certificate of domain comes from: AWS Certificate Manager or cert-manager.",
    }),
    certificateArn: key(optional(certificateName), {
        default: "",
        description: "ACM certificate of domain.",
        allowed: "empty, or arn:<partition>:acm:<region>:<account>:certificate/<id>",
        example:
            "arn:aws:acm:us-west-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        requires: { ...ON_AWS, tls: "acm" },
    }),
    clusterIssuer: key(optional(dnsSubdomain), {
        default: "",
        description: "cert-manager ClusterIssuer that issues the certificate.",
        allowed: "empty, or the name of a ClusterIssuer",
        example: "letsencrypt",
        requires: { tls: "cert-manager" },
    }),
    ingressClass: key(optional(dnsSubdomain), {
        default: "",
        description: "IngressClass of the Ingress. Empty: the cluster's default.",
        allowed: "empty, or the name of an IngressClass",
        requires: { ingress: "ingress" },
    }),
    mozartLoadBalancer: key(z.boolean(), {
        default: false,
        description: "Give Mozart a Service of type LoadBalancer of its own on port 8888.",
    }),
});

/** Keys that a source of certificates cannot do without. */
const needs: Readonly<
    Record<Values["tls"], readonly ("domain" | "certificateArn" | "clusterIssuer")[]>
> = {
    none: [],
    acm: ["domain", "certificateArn"],
    "cert-manager": ["domain", "clusterIssuer"],
};

function missing(values: Values): readonly Finding[] {
    return needs[values.tls]
        .filter((key) => values[key] === "")
        .map((key) => ({
            at: key,
            reason: `tls ${values.tls} needs it`,
            fixes: [set(key, example(keys[key]) ?? "")],
        }));
}

function certificateRegion(
    { certificateArn }: Values,
    { region }: RuleContext,
): readonly Finding[] {
    const [, partition, , of] = certificateArn.split(":");
    return certificateArn === "" ||
        region === undefined ||
        of === region ||
        partition !== partitionOf(region)
        ? []
        : [
              {
                  at: "certificateArn",
                  reason: `a load balancer in ${region} takes certificates of ${region}`,
                  fixes: [set("certificateArn", certificateArn.replace(`:${of}:`, `:${region}:`))],
              },
          ];
}

/** Rules about how people reach HySDS. */
export const rules: readonly Rule[] = [
    ...cidrRules(CLIENTS),
    rule("tls-is-complete", ["tls", "domain", "certificateArn", "clusterIssuer"], missing),
    rule("certificate-is-of-the-partition", ["certificateArn"], (values, { region }) =>
        inPartition("certificateArn", values.certificateArn, region),
    ),
    rule("certificate-is-of-the-region", ["certificateArn"], certificateRegion),
    refuse("acm-needs-aws", ["tls", "platform"], (v) => v.tls === "acm" && v.platform !== "aws", {
        at: "tls",
        reason: "ACM certificates work on load balancers of AWS only",
        allowed: "none or cert-manager",
        fixes: [set("tls", "none")],
    }),
    refuse(
        "cert-manager-needs-ingress",
        ["tls", "ingress"],
        (v) => v.tls === "cert-manager" && v.ingress !== "ingress",
        {
            at: "ingress",
            reason: "cert-manager puts certificates on an Ingress",
            allowed: "ingress",
            fixes: [set("ingress", "ingress")],
        },
    ),
    refuse(
        "tls-needs-ingress",
        ["tls", "ingress"],
        (v) => v.tls === "acm" && v.ingress === "none",
        {
            at: "ingress",
            reason: "there is nothing to put the certificate on",
            allowed: "load-balancer or ingress",
            fixes: [set("ingress", "load-balancer")],
        },
    ),
    refuse(
        "ingress-needs-domain",
        ["ingress", "domain", "tls"],
        (v) => v.ingress === "ingress" && v.domain === "" && v.tls === "none",
        {
            at: "domain",
            reason: "an Ingress tells its services apart by host name",
            allowed: "a fully qualified domain name",
            fixes: [set("domain", "hysds.example.org")],
        },
    ),
    refuse(
        "internet-needs-tls",
        ["ingress", "ingressScheme", "tls"],
        (v) => v.ingress !== "none" && v.ingressScheme === "internet-facing" && v.tls === "none",
        {
            at: "ingressScheme",
            reason: "passwords would cross the Internet in plain text while tls is none",
            allowed: "internal, or internet-facing with tls acm or cert-manager",
            fixes: [set("ingressScheme", "internal")],
        },
    ),
    refuse(
        "access-names-its-clients",
        ["ingress", "mozartLoadBalancer", "ingressAllowedCidrs"],
        (v) => (v.ingress !== "none" || v.mozartLoadBalancer) && v.ingressAllowedCidrs.length === 0,
        {
            at: "ingressAllowedCidrs",
            reason: "there is a load balancer, and nobody is named who may reach it",
            allowed: "one network or more",
            fixes: [set("ingressAllowedCidrs[0]", "10.0.0.0/8")],
        },
    ),
    refuse(
        "internet-facing-admits-someone",
        ["ingress", "ingressScheme", "ingressAllowedCidrs"],
        (v) =>
            v.ingress !== "none" &&
            v.ingressScheme === "internet-facing" &&
            v.ingressAllowedCidrs.length > 0 &&
            v.ingressAllowedCidrs.every((cidr) => network(cidr)?.use === "private"),
        {
            at: "ingressAllowedCidrs",
            reason: "private addresses never reach an internet-facing load balancer",
            allowed: "the public networks of those who use HySDS",
            fixes: [set("ingressAllowedCidrs[0]", "203.0.113.0/24")],
        },
    ),
];

/** How people reach HySDS. */
export interface IngressSettings extends Pick<Values, "tls" | "mozartLoadBalancer"> {
    /** `none`: port-forward only; `load-balancer`: a Service of type LoadBalancer; `ingress`: an Ingress of `ingressClass`. */
    readonly kind: Values["ingress"];
    readonly scheme: Values["ingressScheme"];
    readonly allowedCidrs: Values["ingressAllowedCidrs"];
    readonly domain?: string;
    readonly certificateArn?: string;
    readonly clusterIssuer?: string;
    readonly ingressClass?: string;
}

/** The way in as its keys have it. */
export function ingressSettings(values: Values): IngressSettings {
    return {
        kind: values.ingress,
        scheme: values.ingressScheme,
        allowedCidrs: values.ingressAllowedCidrs,
        domain: given(values.domain),
        tls: values.tls,
        certificateArn: given(values.certificateArn),
        clusterIssuer: given(values.clusterIssuer),
        ingressClass: given(values.ingressClass),
        mozartLoadBalancer: values.mozartLoadBalancer,
    };
}

/** What is allowed of the way in and still worth a second thought. */
export function advice({ platform, ingress }: Settings): readonly string[] {
    return platform.kind === "aws" ? placeholders(CLIENTS.key, ingress.allowedCidrs) : [];
}
