/** The host name of S3 in a region. https://docs.aws.amazon.com/general/latest/gr/s3.html */
export function s3Host(region: string): string {
    return `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}
