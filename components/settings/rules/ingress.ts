import { network } from "../cidr";
import { example } from "../schema/describe";
import { Key, schema, Values } from "../schema";
import { Finding, Rule, remove, rule, RuleContext, set } from "./rule";

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
            fixes: [set(key, example(schema.shape[key]) ?? "")],
        }));
}

function useless(values: Values): readonly Finding[] {
    const owner = { certificateArn: "acm", clusterIssuer: "cert-manager" } as const;
    return (["certificateArn", "clusterIssuer"] as const)
        .filter((key) => values[key] !== "" && values.tls !== owner[key])
        .map((key) => ({
            at: key,
            reason: `tls is ${values.tls}, so it is not used`,
            allowed: `empty, or tls ${owner[key]}`,
            fixes: [remove(key)],
        }));
}

/** AWS names partitions after the start of their regions. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
    return region.startsWith("us-gov-")
        ? "aws-us-gov"
        : region.startsWith("cn-")
          ? "aws-cn"
          : "aws";
}

function inPartition(at: string, arn: string, region: string): readonly Finding[] {
    const partition = partitionOf(region);
    return arn === "" || arn.startsWith(`arn:${partition}:`)
        ? []
        : [
              {
                  at,
                  reason: `${region} is in partition ${partition}`,
                  allowed: `an ARN that begins with arn:${partition}:`,
                  fixes: [set(at, arn.replace(/^arn:[^:]*:/, `arn:${partition}:`))],
              },
          ];
}

function partitions(values: Values, { region }: RuleContext): readonly Finding[] {
    return region === undefined
        ? []
        : [
              ...values.adminPrincipalArns.flatMap((arn, index) =>
                  inPartition(`adminPrincipalArns[${index}]`, arn, region),
              ),
              ...inPartition("certificateArn", values.certificateArn, region),
          ];
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

/** A rule with one finding at one key. */
function when(
    name: string,
    keys: readonly Key[],
    wrong: (values: Values) => boolean,
    finding: Finding,
): Rule {
    return rule(name, keys, (values) => (wrong(values) ? [finding] : []));
}

/** Rules about how people reach HySDS. */
export const ingressRules: readonly Rule[] = [
    rule("tls-is-complete", ["tls", "domain", "certificateArn", "clusterIssuer"], missing),
    rule("tls-uses-what-is-set", ["tls", "certificateArn", "clusterIssuer"], useless),
    rule("arns-are-of-the-partition", ["adminPrincipalArns", "certificateArn"], partitions),
    rule("certificate-is-of-the-region", ["certificateArn"], certificateRegion),
    when("acm-needs-aws", ["tls", "platform"], (v) => v.tls === "acm" && v.platform !== "aws", {
        at: "tls",
        reason: "ACM certificates work on load balancers of AWS only",
        allowed: "none or cert-manager",
        fixes: [set("tls", "none")],
    }),
    when(
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
    when("tls-needs-ingress", ["tls", "ingress"], (v) => v.tls === "acm" && v.ingress === "none", {
        at: "ingress",
        reason: "there is nothing to put the certificate on",
        allowed: "load-balancer or ingress",
        fixes: [set("ingress", "load-balancer")],
    }),
    when(
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
    when(
        "class-needs-ingress",
        ["ingress", "ingressClass"],
        (v) => v.ingressClass !== "" && v.ingress !== "ingress",
        {
            at: "ingressClass",
            reason: "there is no Ingress that could have a class",
            allowed: "empty, or ingress ingress",
            fixes: [remove("ingressClass")],
        },
    ),
    when(
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
    when(
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
    when(
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
