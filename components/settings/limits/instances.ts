/**
 * EC2 instance families by their names: family, generation, then attributes of which `g` means Graviton and `d`
 * instance store. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
const familyName = /^([a-z]+?)(\d+)([a-z]*)/;

/** Processor architecture, as Kubernetes names it. */
export function architecture(instanceType: string): "amd64" | "arm64" {
    const [, family = "", , attributes = ""] = familyName.exec(instanceType) ?? [];
    return family === "a" || attributes.includes("g") ? "arm64" : "amd64";
}

/** Architecture of a node group's instance types: settings admit no mixture. */
export function groupArchitecture(instanceTypes: readonly string[]): "amd64" | "arm64" {
    return instanceTypes.some((type) => architecture(type) === "arm64") ? "arm64" : "amd64";
}

/**
 * vCPUs of most instance types of a size: two up to `large`, four of an `xlarge`, and so on; undefined of `metal`, which
 * has as many as the machine. Exactly, EC2 alone tells.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 */
export function vcpusOfSize(instanceType: string): number | undefined {
    const size = instanceType.split(".").at(-1) ?? "";
    const [, times] = /^(?:metal-)?(\d*)xl(?:arge)?$/.exec(size) ?? [];
    return times !== undefined ? 4 * Number(times || 1) : size === "metal" ? undefined : 2;
}

/** Storage-optimised families, and old ones of much memory, which have an instance store without saying so in their names. */
const alwaysWithInstanceStore = /^(i\d|im\d|is\d|d\d|h\d|x1)/;

/** Whether instances of the type have an NVMe instance store. */
export function hasInstanceStore(instanceType: string): boolean {
    const [, , , attributes = ""] = familyName.exec(instanceType) ?? [];
    return attributes.includes("d") || alwaysWithInstanceStore.test(instanceType);
}

/** GPUs, FPGAs, and chips for machine learning or video. https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
export function hasAccelerator(type: string): boolean {
    return /^(dl|f|g|gr|inf|p|trn|vt)\d/.test(type);
}
