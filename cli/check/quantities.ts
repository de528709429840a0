/** Suffixes of `disk_usage`: hysds/utils.py, DU_CALC. */
const DISK_UNITS: Readonly<Record<string, number>> = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Bytes of a `disk_usage` such as `20GB`; undefined where HySDS can't read it: hysds/utils.py, get_threshold. */
export function diskBytes(usage: unknown): number | undefined {
    const [, amount, unit = ""] =
        typeof usage === "string" ? (/^\s*\+?(\d+)\s*(KB|MB|GB)$/.exec(usage) ?? []) : [];
    return amount === undefined ? undefined : Number(amount) * (DISK_UNITS[unit] ?? 0);
}

/** Bytes in the largest unit that leaves a number of one digit or more. */
export function bytesText(bytes: number): string {
    const gib = bytes / 2 ** 30;
    return gib >= 1 ? `${Math.round(gib * 10) / 10} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}
