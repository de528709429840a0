const sizes = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** Where a size stands among all: `large` before `xlarge` before `2xlarge`; `metal` is the largest. */
function rank(size: string): number {
    if (size.startsWith("metal")) {
        return Number.POSITIVE_INFINITY;
    }
    const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
    return multiple === undefined ? sizes.indexOf(size) : sizes.length + Number(multiple);
}

/** The size in an instance type of any service: `2xlarge` of `m6i.2xlarge`, `large` of `cache.r7g.large`. */
function sizeOf(instanceType: string): string {
    const parts = instanceType.replace(/^(cache|mq)\./, "").split(".");
    return parts[1] ?? "";
}

/** The family in an instance type of any service: `m` of `m6id.2xlarge`, `r` of `r6g.large.search`. */
export function familyOf(instanceType: string): string {
    const name = instanceType.replace(/^(cache|mq)\./, "");
    return /^[a-z]+/.exec(name)?.[0] ?? "";
}

export function isLarger(instanceType: string, largest: string): boolean {
    return rank(sizeOf(instanceType)) > rank(largest);
}
