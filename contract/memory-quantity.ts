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
const memoryQuantity = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/**
 * Bytes of a memory quantity such as `2Gi`; undefined when it is none.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function memoryBytes(quantity: string): number | undefined {
    const match = memoryQuantity.exec(quantity);
    return match ? Number(match[1]) * units[(match[2] ?? "") as Unit] : undefined;
}
