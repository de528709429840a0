/** Kubernetes quantities of CPU: cores, or thousandths of them. */
export const cpuQuantity = /^(\d+(\.\d{1,3})?|\d+m)$/;

const units = {
    "": 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
} as const;
type Unit = keyof typeof units;

/** Kubernetes quantities of memory. `m`, which is allowed there and means thousandths of a byte, is a slip here. */
export const memoryQuantity = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/**
 * Bytes of a memory quantity such as `2Gi`; undefined when it is none.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function memoryBytes(quantity: string): number | undefined {
    const match = memoryQuantity.exec(quantity);
    return match ? Number(match[1]) * units[(match[2] ?? "") as Unit] : undefined;
}

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
    return Math.ceil((memoryBytes(quantity) ?? 0) / units.Mi);
}
