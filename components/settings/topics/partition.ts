import { Finding, set } from "../rule";

/** AWS names partitions after the start of their regions. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
    return region.startsWith("us-gov-")
        ? "aws-us-gov"
        : region.startsWith("cn-")
          ? "aws-cn"
          : "aws";
}

/** What is wrong with an ARN of another partition than the region's; nothing while the region is not known. */
export function inPartition(
    at: string,
    arn: string,
    region: string | undefined,
): readonly Finding[] {
    if (arn === "" || region === undefined || arn.startsWith(`arn:${partitionOf(region)}:`)) {
        return [];
    }
    const partition = partitionOf(region);
    return [
        {
            at,
            reason: `${region} is in partition ${partition}`,
            allowed: `an ARN that begins with arn:${partition}:`,
            fixes: [set(at, arn.replace(/^arn:[^:]*:/, `arn:${partition}:`))],
        },
    ];
}
