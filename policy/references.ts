import type { Reference } from "./rule";

/** Security Hub's control of AWS Foundational Security Best Practices, such as `ElastiCache.4`. */
export function fsbp(control: string): Reference {
    const [service = "", number = ""] = control.toLowerCase().split(".");
    return {
        id: `AWS FSBP ${control}`,
        url: `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`,
    };
}

/** Recommendation of the CIS Benchmark for Amazon EKS. */
export function cisEks(recommendation: string): Reference {
    return {
        id: `CIS EKS ${recommendation}`,
        url: "https://www.cisecurity.org/benchmark/kubernetes",
    };
}

/** Control of the Pod Security Standards, such as `Capabilities`, at one of their levels. */
export function podSecurity(level: "baseline" | "restricted", control: string): Reference {
    return {
        id: `Pod Security ${level}: ${control}`,
        url: `https://kubernetes.io/docs/concepts/security/pod-security-standards/#${level}`,
    };
}

/** A document of a vendor or project. */
export function document(title: string, url: string): Reference {
    return { id: title, url };
}
