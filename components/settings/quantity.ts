import { memoryBytes } from "../../contract/memory-quantity";

/** Kubernetes quantities of CPU: cores, or thousandths of them. */
export const cpuQuantity = /^(\d+(\.\d{1,3})?|\d+m)$/;

/** Cores of a CPU quantity such as `500m`; undefined when it is none. */
export function cpuCores(quantity: string): number | undefined {
    if (!cpuQuantity.test(quantity)) {
        return undefined;
    }
    return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

/** Thousandths of a core in a CPU quantity, rounded up; 0 when it is none. */
export function millicores(quantity: string): number {
    return Math.ceil(1000 * (cpuCores(quantity) ?? 0));
}

/** MiB of a memory quantity, rounded up; 0 when it is none. */
export function mebibytes(quantity: string): number {
    return Math.ceil((memoryBytes(quantity) ?? 0) / 2 ** 20);
}
