import { Configuration, Target, Workload } from "./model";

/**
 * Which configuration files name which stores, and who mounts them. Files that name the same stores are one entry; a
 * file is left out for a workload that mounts another which names all of its stores and more.
 */
export function groupConfigurations(
    readers: readonly Workload[],
    stores: readonly Target[],
): Configuration[] {
    const groups = new Map<
        string,
        { stores: string[]; files: Set<string>; readers: Set<string> }
    >();
    for (const workload of readers) {
        const named = [...workload.files].map(([file, text]) => ({
            file,
            stores: stores
                .filter(({ hosts }) => hosts.some((host) => text.includes(host)))
                .map(({ id }) => id),
        }));
        const widest = named.filter(
            (each) => !named.some((other) => isStrictSubset(each.stores, other.stores)),
        );
        for (const { file, stores: ids } of widest) {
            const key = ids.join("\n");
            const group = groups.get(key) ?? { stores: ids, files: new Set(), readers: new Set() };
            group.files.add(file);
            group.readers.add(workload.id);
            groups.set(key, group);
        }
    }
    groups.delete("");
    return [...groups.values()].map((group, index) => ({
        id: `configuration-${index + 1}`,
        files: [...group.files].sort(),
        readers: [...group.readers],
        stores: group.stores,
    }));
}

function isStrictSubset(some: readonly string[], all: readonly string[]): boolean {
    return some.length < all.length && some.every((each) => all.includes(each));
}
