import { AsciiTree } from "oo-ascii-tree";
import { CapturedResource } from "./evaluation";

/** How many resources a stack has of one type. */
export interface TypeCount {
    readonly type: string;
    readonly count: number;
}

/** How many resources a component is made of, itself included. */
export interface ComponentCount {
    readonly component: string;
    readonly type: string;
    /** 0 for the stack itself. */
    readonly depth: number;
    readonly count: number;
}

/** How deep in the tree components are counted on their own. */
const COUNTED_DEPTH = 2;

/** The resource tree as text, one line a resource; components carry the number of resources below them. */
export function resourceTree(resources: readonly CapturedResource[]): string {
    const children = childrenByParent(resources);
    const [stack] = resources;
    return stack ? subtree(stack, children).toString() : "";
}

/** Most frequent first. */
export function countByType(resources: readonly CapturedResource[]): TypeCount[] {
    const counts = new Map<string, number>();
    resources.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
    return [...counts]
        .map(([type, count]) => ({ type, count }))
        .sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
}

/** The stack, its components and theirs, parents first; each count includes all that is below. */
export function countByComponent(resources: readonly CapturedResource[]): ComponentCount[] {
    const children = childrenByParent(resources);
    const count = (resource: CapturedResource, depth: number): ComponentCount[] => {
        const below = (children.get(resource.urn) ?? []).filter(({ custom }) => !custom);
        return [
            {
                component: resource.name,
                type: resource.type,
                depth,
                count: size(resource, children),
            },
            ...(depth < COUNTED_DEPTH ? below.flatMap((child) => count(child, depth + 1)) : []),
        ];
    };
    return resources.slice(0, 1).flatMap((stack) => count(stack, 0));
}

type Children = ReadonlyMap<string, readonly CapturedResource[]>;

function childrenByParent(resources: readonly CapturedResource[]): Children {
    const children = new Map<string, CapturedResource[]>();
    for (const resource of resources) {
        const siblings = children.get(resource.parent ?? "") ?? [];
        children.set(resource.parent ?? "", [...siblings, resource]);
    }
    return children;
}

function subtree(resource: CapturedResource, children: Children): AsciiTree {
    const below = children.get(resource.urn) ?? [];
    const count = below.length > 0 ? ` (${size(resource, children) - 1})` : "";
    const label = `${resource.type} ${resource.name}${count}`;
    return new AsciiTree(label, ...below.map((child) => subtree(child, children)));
}

function size(resource: CapturedResource, children: Children): number {
    const below = children.get(resource.urn) ?? [];
    return 1 + below.reduce((sum, child) => sum + size(child, children), 0);
}
